import { expect } from 'chai'
import { readDays } from '../../../web/src/oversight/days/read-days.ts'

describe('the days of a year as an officer writes them', () => {
  it('are read line by line, whatever blanks stand around them', () => {
    expect(readDays(' 2027-01-01 休 元旦\n\n2027-01-03  班 元旦调休 \n')).to.deep.equal([
      { date: '2027-01-01', isOffDay: true, name: '元旦' }, { date: '2027-01-03', isOffDay: false, name: '元旦调休' }
    ])
  })

  it('are refused whole when one line is none', () => {
    for (const text of ['', '2027-01-01 元旦', '2027-01-01 休 元旦\n2027/01/02 休 元旦', '2027-01-01 放 元旦']) {
      expect(readDays(text)).to.equal(null)
    }
  })
})
