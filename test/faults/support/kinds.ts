/** The kinds of faults that have no experiment here, each with the reason; they are not counted. */
export const LEFT_OUT: Readonly<Record<number, readonly [name: string, reason: string]>> = {
  12: ['two workers with the same worker id', 'not built: the id is host, process and a random number, and no setting gives another'],
  14: ['clock jump of one process', 'not built: the one run of a draft ended with something amiss; what it was is not known yet'],
  21: ['poison case among many', 'not built: the tries of one task last eight and a half minutes'],
  22: ['optimistic-lock storm of 100 branches', 'not built: no model of ours has them; three branches join in each case of every experiment'],
  23: ['timer storm with a kill', 'run apart, not counted here: `test/engine/timer-storm.test.ts`'],
  25: ['engine with a small heap', 'not built: a draft failed, as the engine answers a page of 10,000 tasks instead of refusing it'],
  27: ['backup, traffic, restore', 'not built yet'],
  28: ['read model deleted', 'not built: a draft failed, as it deleted before a task was open'],
  30: ['SQLite, kill -9 of the server', 'not built: a draft was never run']
}
