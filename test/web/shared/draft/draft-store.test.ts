import { expect } from 'chai'
import { DraftStore } from '../../../../web/src/shared/draft/draft-store.ts'
import type { DraftBody, DraftPort, Hindrance } from '../../../../web/src/shared/draft/draft-store.ts'

const body: DraftBody = { region: 'r', channel: 'online', matters: [], common: { person: { name: '韦' } }, items: {}, agent: null }

/** A server with one draft, and a device; what they hold can be looked at, and time goes on by hand. */
function world() {
  const saved: { body: DraftBody; etag: string }[] = []
  const planned: { ms: number; run: () => void }[] = []
  const it = {
    saved, planned, kept: undefined as DraftBody | null | undefined, failure: null as Hindrance | null, version: 1,
    whileSaving: (): void => undefined
  }
  const port: DraftPort = {
    async save(sent, etag) {
      it.whileSaving()
      if (it.failure) throw Object.assign(new Error(`cannot: ${it.failure}`), { kind: it.failure })
      saved.push({ body: sent, etag })
      it.version += 1
      return { etag: `"${it.version}"`, problems: [{ path: '/common/person/mobile', code: 'REQUIRED', message: '请填写联系电话' }] }
    },
    hindranceOf: error => (error as { kind: Hindrance }).kind,
    keep: unsaved => { it.kept = unsaved },
    now: () => 1000,
    later: (ms, run) => {
      const plan = { ms, run }
      planned.push(plan)
      return () => { planned.splice(0, planned.length, ...planned.filter(one => one !== plan)) }
    }
  }
  return { it, store: new DraftStore(port, { body, etag: '"1"', problems: [] }) }
}

describe('apply/draft-store', () => {
  it('keeps a change on the device at once, and saves it after a pause', async () => {
    const { it: here, store } = world()
    store.change('/common/person/name', '韦美兰')
    expect(here.kept?.common).to.deep.equal({ person: { name: '韦美兰' } })
    expect([here.saved.length, here.planned.length, store.current().hasUnsaved]).to.deep.equal([0, 1, true])
    store.change('/common/person/name', '韦美兰兰')
    expect(here.planned, 'the pause begins anew').to.have.length(1)
    expect(await store.save()).to.equal(true)
    expect(here.saved.map(one => one.etag)).to.deep.equal(['"1"'])
    expect(here.kept).to.equal(null)
    expect(store.current()).to.deep.include({ hasUnsaved: false, savedAt: 1000, hindrance: null })
    expect(store.current().problems[0]!.message).to.equal('请填写联系电话')
    store.change('/agent', null)
    await store.save()
    expect(here.saved[1]!.etag, 'the version that came back').to.equal('"2"')
  })

  it('saves what was typed during a save afterwards, and never two at a time', async () => {
    const { it: here, store } = world()
    store.change('/common/person/name', '一')
    here.whileSaving = () => { here.whileSaving = () => undefined; store.change('/common/person/name', '二') }
    expect(await store.save(), 'something newer is there').to.equal(false)
    expect(here.kept?.common).to.deep.equal({ person: { name: '二' } })
    const [first, second] = await Promise.all([store.save(), store.save()])
    expect([first, second]).to.deep.equal([true, true])
    expect(here.saved).to.have.length(2)
  })

  it('tries again by itself while the server is away, and loses nothing', async () => {
    const { it: here, store } = world()
    here.failure = 'away'
    store.change('/common/person/name', '三')
    expect(await store.save()).to.equal(false)
    expect(store.current()).to.deep.include({ hasUnsaved: true, hindrance: { kind: 'away', message: 'cannot: away' } })
    expect(here.kept?.common).to.deep.equal({ person: { name: '三' } })
    here.failure = null
    expect(here.planned).to.have.length(1)
    here.planned[0]!.run()
    await store.save()
    expect(store.current()).to.deep.include({ hasUnsaved: false, hindrance: null })
  })

  it('overwrites nobody: a conflict waits for the person, who may insist', async () => {
    const { it: here, store } = world()
    here.failure = 'conflict'
    store.change('/common/person/name', '四')
    await store.save()
    expect([store.current().hindrance?.kind, here.planned.length]).to.deep.equal(['conflict', 0])
    store.change('/common/person/name', '五')
    expect(here.planned, 'no save by itself').to.have.length(0)
    here.failure = null
    expect(await store.insist('"9"')).to.equal(true)
    expect(here.saved).to.deep.equal([{ body: { ...body, common: { person: { name: '五' } } }, etag: '"9"' }])
  })
})
