import { expect } from 'chai'
import { diffModels } from '../../../../server/services/studio/diff.ts'
import { outline } from '../../../../server/services/studio/outline.ts'
import { withVillageStep } from '../../../engine/village-step.ts'
import { readDiagrams, readFile, regionsWithDiagrams } from '../../../regions/bpmn-model.ts'
import { askingForTwo, REVIEW } from '../../support/second-person.ts'

describe('services/studio/outline', () => {
  for (const region of regionsWithDiagrams()) {
    it(`tells every node of each diagram of ${region} once, and nowhere of a step that has no number`, async () => {
      for (const { xml, slug, elements } of await readDiagrams(region)) {
        const lines = await outline(xml)
        const nodes = elements.filter(({ $type }) => $type !== 'bpmn:SequenceFlow').map(({ id }) => id)
        expect(lines.map(({ element }) => element), slug).to.have.members(nodes)
        for (const { text } of lines) expect(text).to.not.include('第 ? 步').and.not.include('undefined')
      }
    })
  }

  it('numbers what lies in a subprocess below it', async () => {
    const lines = await outline(readFile('processes/guangxi/resident-pension.bpmn'))
    const numberOf = (id: string): string => lines.find(({ element }) => element === id)!.number
    expect(numberOf('Task_Review')).to.match(new RegExp(`^${numberOf('SubProcess_Handle')}\\.\\d+$`))
    expect(numberOf('StartEvent_ItemAccepted')).to.equal('1')
  })
})

describe('services/studio/diff', () => {
  const before = readFile('processes/guangxi/resident-pension.bpmn')

  it('finds nothing between a diagram and itself', async () => {
    expect(await diffModels('process', before, before)).to.deep.equal([])
  })

  it('names what was added, removed, changed and moved', async () => {
    const after = withVillageStep('hrss').replace('name="审核参保登记"', 'name="审核登记"')
    const texts = async (from: string, to: string): Promise<string[]> => (await diffModels('process', from, to)).map(({ text }) => text)
    expect(await texts(before, after)).to.include.members([
      '新增 人工任务“村级核验”（Task_VillageReview）', '修改 人工任务“审核登记”（Task_Review）：名称由“审核参保登记”改为“审核登记”'
    ])
    expect(await texts(after, before)).to.include('删去 人工任务“村级核验”（Task_VillageReview）')
    const moved = before.replace(/(bpmnElement="Task_Review">\s*<dc:Bounds x=")\d+/, '$11')
    expect((await diffModels('process', before, moved)).map(({ kind, element }) => [kind, element])).to.deep.equal([['moved', 'Task_Review']])
  })

  it('tells of a column that was put into a table, and of one that was taken out', async () => {
    const texts = async (from: string, to: string): Promise<string[]> => (await diffModels('decision', from, to)).map(({ text }) => text)
    const two = askingForTwo('review-doubtful')
    expect((await texts(REVIEW, two)).find(text => text.includes('（review-doubtful）'))).to.match(/：两人由“”改为“true”$/)
    expect((await texts(two, REVIEW)).find(text => text.includes('（review-doubtful）'))).to.match(/：两人由“true”改为“”$/)
  })
})
