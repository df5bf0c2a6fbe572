import { expect } from 'chai'
import { lintModel } from '../../../server/lint/index.ts'
import { contextOf } from '../../regions/bpmn-model.ts'
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
})
