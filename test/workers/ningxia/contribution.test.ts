import { expect } from 'chai'
import { matter } from '../../../workers/ningxia/contribution.ts'
import { PERSON, runStep } from '../matter-fixture.ts'

const steps = Object.entries(matter.steps)

describe('ningxia contribution', () => {
  for (const [insurance, registered] of [['social-insurance', 'flexible-pension'], ['medical-insurance', 'flexible-medical']] as const) {
    for (const [name, step] of steps) {
      it(`${name} names ${insurance} as the registers do`, async () => {
        const { calls } = await runStep(step, PERSON, {}, { insurance })
        expect(calls.map(({ body }) => body)).to.deep.equal([{ ...PERSON, insurance: registered }])
      })
    }
  }
})
