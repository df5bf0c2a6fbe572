/** The kinds of faults that have no experiment here, each with the reason; they are not counted. */
export const LEFT_OUT: Readonly<Record<number, readonly [name: string, reason: string]>> = {
  6: ['kill -9 everything at once', 'no experiment yet'],
  9: ['server and engine cut off from the database', 'no experiment yet'],
  10: ['latency on the line to the engine', 'no experiment yet'],
  15: ['the same submission 20 times at once', 'no experiment yet'],
  17: ['one slow department', 'no experiment yet'],
  18: ['malformed replies', 'no experiment yet'],
  19: ['429 and 503', 'no experiment yet'],
  20: ['backlog drain', 'no experiment yet'],
  24: ['connections of the database used up', 'no experiment yet'],
  30: ['SQLite, kill -9 of the server', 'no experiment yet'],
  12: ['two workers with the same worker id', 'no experiment yet'],
  13: ['disk full', 'no experiment yet; needs a small file system, which an ordinary account may not mount'],
  14: ['clock jump of one process', 'libfaketime is not installed; no experiment yet'],
  21: ['poison case', 'no experiment yet'],
  22: ['optimistic-lock storm of 100 branches', 'no experiment yet; three branches join in each case of every experiment'],
  23: ['timer storm with a kill', 'run apart: `test/engine/timer-storm.test.ts`'],
  25: ['engine with a small heap', 'no experiment yet'],
  26: ['release and rolling restart', 'run apart on a cluster: `test/cluster`; the upgrade of an engine on a copy of its database is not run'],
  27: ['backup, traffic, restore', 'no experiment yet'],
  28: ['read model deleted', 'no experiment yet'],
  29: ['wrong credentials of the engine', 'no experiment yet']
}
