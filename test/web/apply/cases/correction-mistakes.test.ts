import { expect } from 'chai'
import { mistakesOf } from '../../../../web/src/apply/cases/correction-mistakes.ts'

const nameOf = (code: string): string => ({ photo: '制卡人照片', letter: '承诺书' })[code] ?? code
const mistakes = (path: string, message: string) => mistakesOf([{ path, message }], ['letter', 'photo'], nameOf)

describe('apply/correction-mistakes', () => {
  it('names the material that is missing, at its block', () => {
    expect(mistakes('/materials/photo', '请补正此项')).to.deep.equal([{ path: '/materials/photo', message: '制卡人照片：请补正此项' }])
  })

  it('finds the material that the server calls by its place among those sent', () => {
    expect(mistakes('/materials/1/materialId', '没有找到这份材料，请重新上传'))
      .to.deep.equal([{ path: '/materials/photo', message: '制卡人照片：没有找到这份材料，请重新上传' }])
  })

  it('says no name twice, and leaves fields alone', () => {
    expect(mistakes('/materials/photo', '请上传制卡人照片')[0]!.message).to.equal('请上传制卡人照片')
    expect(mistakes('/common/person/mobile', '请填写联系电话')).to.deep.equal([{ path: '/common/person/mobile', message: '请填写联系电话' }])
  })
})
