import { expect } from 'chai'
import { lintModel } from '../../../server/lint/index.ts'
import { contextOf, readFile } from '../../regions/bpmn-model.ts'
import { brokenModels } from './broken-models.ts'

describe('lint/index', () => {
  it('is asked about more than thirty ways to do harm', () => expect(brokenModels.length).to.be.above(30))

  for (const { title, key, names, xml } of brokenModels) {
    it(`refuses ${title} and names it in Chinese`, async () => {
      const slug = key.replace('guangxi-', '')
      const found = await lintModel(slug === 'deadlines' ? 'decision' : 'process', contextOf('guangxi', slug), xml())
      const named = found.filter(({ message }) => names.test(message))
      expect(named, JSON.stringify(found)).to.not.be.empty
      expect(named[0]!.message).to.match(/\p{Script=Han}/u)
    })
  }

  it('says once that a name is missing', async () => {
    const xml = readFile('processes/guangxi/resident-pension.bpmn').replace('name="审核参保登记"', '')
    const found = await lintModel('process', contextOf('guangxi', 'resident-pension'), xml)
    expect(found.map(({ rule, element }) => [rule, element])).to.deep.equal([['names', 'Task_Review']])
  })

  it('takes the namespace that the tools of bpmn.io write', async () => {
    const xml = readFile('processes/guangxi/resident-pension.bpmn').replace('"https://yijianshi.example/bpmn"', '"http://bpmn.io/schema/bpmn"')
    expect(await lintModel('process', contextOf('guangxi', 'resident-pension'), xml)).to.deep.equal([])
  })
})
