const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati']

/** Runs a block of tests under several time zones of the process: a date of ours must not depend on it. */
export function inTimeZones(block: (zone: string) => void): void {
  const original = process.env.TZ
  for (const zone of ZONES) {
    describe(`in ${zone}`, () => {
      before(() => { process.env.TZ = zone })
      after(() => {
        if (original === undefined) delete process.env.TZ
        else process.env.TZ = original
      })
      block(zone)
    })
  }
}
