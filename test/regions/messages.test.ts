import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Messages } from '../../core/region.ts'
import { TOLD } from '../../server/db/announcements.ts'
import { PLACEHOLDERS } from '../../server/services/messages/words.ts'

const SENTENCE = /^[^。]*[\u4e00-\u9fff][^。]*。$/
/** What tells a person to do something, or that there is nothing to do. */
const ADVICE = /请|不用|等候|可以|将/
/** Words of the system that mean nothing to people. */
const JARGON = /[A-Za-z]{3,}|系统错误|接口|流程|节点|任务|推送/
const mentions = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

for (const region of readdirSync('regions').sort()) {
  const messages = JSON.parse(readFileSync(`regions/${region}/messages.json`, 'utf8')) as Messages

  describe(`messages of ${region}`, () => {
    it('has words for each event that people are told of, and for nothing else', () => {
      expect(Object.keys(messages)).to.have.members([...TOLD])
    })

    for (const [event, { title, text, next, isTexted }] of Object.entries(messages)) {
      it(`${event}: plain Chinese that says what happened and what to do next`, () => {
        expect(title, 'title').to.match(/^[\u4e00-\u9fff]{2,12}$/)
        expect(text, 'text').to.match(SENTENCE)
        expect(next, 'next').to.match(SENTENCE).and.match(ADVICE)
        for (const part of [title, text, next]) expect(part.replace(/\{\w+\}/g, '')).to.not.match(JARGON)
        for (const name of mentions(text + next)) expect(PLACEHOLDERS).to.include(name)
        expect(isTexted).to.be.a('boolean')
        // With the greeting it has to fit into a long text message.
        expect((text + next).length).to.be.lessThan(180)
      })
    }

    it('interrupts people by a text message whenever something is left for them to do', () => {
      const urgent = ['application-refused', 'item-rejected', 'correction-opened', 'correction-due-soon', 'payment-due', 'payment-due-soon', 'payment-failed',
        'pickup-ready', 'parcel-sent', 'parcel-returned']
      for (const event of urgent) expect(messages[event]!.isTexted, event).to.equal(true)
    })

    it('names the day wherever one is set', () => {
      for (const event of ['correction-opened', 'correction-due-soon', 'payment-due', 'payment-due-soon']) {
        const { text, next } = messages[event]!
        expect(mentions(text + next), event).to.include('deadline')
      }
      for (const event of ['parcel-sent', 'parcel-delivered', 'parcel-returned']) expect(mentions(messages[event]!.text), event).to.include('trackingNumber')
    })
  })
}

describe('messages of ningxia about a parcel', () => {
  it('offer no handing out at a counter (附件2 三4: 只支持邮寄服务，不支持线下领取)', () => {
    const { 'parcel-returned': returned } = JSON.parse(readFileSync('regions/ningxia/messages.json', 'utf8')) as Messages
    expect(returned!.next).to.contain('重新邮寄').and.contain('只支持邮寄').and.not.contain('领取')
  })
})
