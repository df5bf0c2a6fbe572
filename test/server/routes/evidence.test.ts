import { createHash, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { findApplication, updateApplication } from '../../../server/db/applications.ts'
import { hashOf } from '../../../server/db/audit.ts'
import type { AuditRow } from '../../../server/db/audit-event.ts'
import { unzipped } from '../../../server/documents/unzip.ts'
import { zipped } from '../../../server/documents/zip.ts'
import { checkEvidence, isSound } from '../../../server/services/papers/check-evidence.ts'
import { evidenceSigner } from '../../../server/services/papers/evidence-signature.ts'
import { beginCall, updateCall } from '../../../server/db/department-calls.ts'
import { addReasons, findItemsOfApplication, updateItem } from '../../../server/db/items.ts'
import { drawPortrait } from '../../support/portrait.ts'
import { confirmed, draftOf, noConflicts, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { runCommand } from '../../support/run-command.ts'
import { pdfText } from '../documents/papers/pdf-text.ts'

const MATTERS = ['social-security-card', 'resident-medical']

describe('routes/papers: evidence.zip', () => {
  let server: PublicServer
  let client: ApiClient
  let id: string
  let name: string

  before(async () => {
    server = await startPublicServer({ decisions: noConflicts })
    client = await server.citizen(0)
    name = (await client.get('regions/guangxi/prefill?matters=resident-medical')).common.person.name
    id = await draftOf(client, MATTERS)
    await upload('photo', 'social-security-card', `${name}的照片.jpg`, await (await drawPortrait({})).jpeg({ quality: 90 }).toBuffer())
    await client.call('POST', `applications/${id}/submit`, confirmed(MATTERS))
    const { db, clock } = server.ctx
    const at = clock.now()
    await updateApplication(db, id, { accepted_at: at, accepted_on: '2026-03-24' }, at)
    const items = await findItemsOfApplication(db, id)
    for (const item of items) await updateItem(db, item.id, { status: 'approved', outcome: 'approved', decided_at: at }, at)
    for (const item of items) {
      const call = `request-${item.slug}`
      await beginCall(db, {
        id: call, subject_id: item.id, application_id: id, item_id: item.id, topic: `guangxi.${item.slug}.register`,
        department: item.department, round: 1, traceparent: null
      }, at)
      await updateCall(db, call, { status: 'done', outcome: 'done', receipt_number: `NO-${item.slug}`, receipt_issued_at: at }, at)
    }
  })
  after(() => server.stop())

  async function upload(code: string, slug: string, fileName: string, bytes: Buffer): Promise<void> {
    const form = new FormData()
    form.set('code', code)
    form.set('slug', slug)
    form.set('file', new Blob([new Uint8Array(bytes)]), fileName)
    await client.call('POST', `applications/${id}/materials`, form)
  }

  async function taken(asker: ApiClient, of = id) {
    const response = await fetch(`${server.url}/api/v1/applications/${of}/evidence.zip`, { headers: { cookie: asker.cookie } })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, files: response.ok ? unzipped(bytes) : new Map<string, Buffer>(), bytes }
  }
  const read = (files: ReadonlyMap<string, Buffer>, file: string) => JSON.parse(files.get(file)!.toString())
  const text = (files: ReadonlyMap<string, Buffer>, file: string) => pdfText(files.get(file)!).replaceAll('\n', '')

  it('holds form, receipt, notices, materials, course, chain and receipts, each with its hash', async () => {
    const { headers, files } = await taken(client)
    expect([headers.get('content-type'), headers.get('cache-control')]).to.deep.equal(['application/zip', 'no-store'])
    expect(headers.get('content-disposition')).to.match(/^attachment; .*\.zip/)
    const names = [...files.keys()]
    expect(names).to.include.members(['申请表.pdf', '受理通知书.pdf', '办理过程.json', '审计链.json', '部门回执.json', `材料/01-photo-${name}的照片.jpg`])
    expect(names.filter(one => one.startsWith('文书/')).map(one => one.slice(6))).to.have.members([
      '一次性告知书.pdf', '办结结果通知书（社会保障卡（含电子社保卡）申领）.pdf', '办结结果通知书（城乡居民基本医疗保险参保登记）.pdf'])
    const lines = files.get('sha256.txt')!.toString().trimEnd().split('\n')
    expect(lines).to.deep.equal(names.slice(0, -2).map(one => `${createHash('sha256').update(files.get(one)!).digest('hex')}  ${one}`))
    expect(text(files, '申请表.pdf')).to.contain(name)
    expect(read(files, '部门回执.json').map(({ receipt }: { receipt: { number: string } }) => receipt.number)).to.have.members(MATTERS.map(slug => `NO-${slug}`))
  })

  describe('away from the system', () => {
    let pack: Map<string, Buffer>
    let published: { publicKey: string; fingerprint: string }
    before(async () => {
      pack = (await taken(client)).files
      published = await server.anonymous.get('evidence-key')
    })
    const packed = async (files: ReadonlyMap<string, Buffer>): Promise<Buffer> => {
      const pieces: Buffer[] = []
      const entries = async function* () { for (const [file, bytes] of files) yield { name: file, bytes } }
      for await (const piece of zipped(entries(), 0)) pieces.push(piece)
      return Buffer.concat(pieces)
    }
    const check = async (change: (files: Map<string, Buffer>) => void, key?: string) => {
      const files = new Map(pack)
      change(files)
      return checkEvidence(await packed(files), key)
    }
    const altered = (file: string): Buffer => Buffer.concat([pack.get(file)!, Buffer.from(' ')])
    const hashesOf = (files: ReadonlyMap<string, Buffer>): Buffer => Buffer.from([...files].filter(([file]) => !/^(sha256.txt|签名.json)$/.test(file))
      .map(([file, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`).join(''))

    it('is sound by the published key, whose fingerprint it prints', async () => {
      const verdict = await check(() => undefined, published.publicKey)
      expect(isSound(verdict), JSON.stringify(verdict)).to.equal(true)
      expect(verdict).to.include({ files: pack.size - 2, fingerprint: published.fingerprint })
      expect(pack.get('index.html')!.toString()).to.contain(published.fingerprint)
      // By other means than ours: node's own check over the bytes as they lie in the archive.
      const { signature } = read(pack, '签名.json')
      expect(verify(null, pack.get('sha256.txt')!, published.publicKey, Buffer.from(signature, 'base64'))).to.equal(true)
    })

    it('shows what was changed, left out, added, or taken out of the chain', async () => {
      const found = await check(files => {
        files.set('部门回执.json', altered('部门回执.json'))
        files.delete('申请表.pdf')
        files.set('新.txt', Buffer.from('x'))
      })
      expect(found).to.deep.include({ changed: ['部门回执.json'], missing: ['申请表.pdf'], added: ['新.txt'], isSigned: true })
      const chain = read(pack, '审计链.json') as { events: AuditRow[] }
      const cut = await check(files => files.set('审计链.json', Buffer.from(JSON.stringify({ ...chain, events: chain.events.filter((_, index) => index !== 1) }))))
      expect(cut).to.deep.include({ changed: ['审计链.json'], chainBrokenAt: 3 })
    })

    it('is not saved by new hashes, nor by a signature with another key', async () => {
      const forge = (files: Map<string, Buffer>): void => {
        files.set('部门回执.json', altered('部门回执.json'))
        files.set('sha256.txt', hashesOf(files))
      }
      expect(await check(forge)).to.deep.include({ changed: [], isSigned: false })
      const resign = (files: Map<string, Buffer>): void => {
        forge(files)
        files.set('签名.json', Buffer.from(JSON.stringify(evidenceSigner('another secret').sign(files.get('sha256.txt')!))))
      }
      expect((await check(resign, published.publicKey)).isSigned).to.equal(false)
      // By the key that it brings along it looks sound: only the fingerprint tells.
      const own = await check(resign)
      expect([isSound(own), own.fingerprint === published.fingerprint]).to.deep.equal([true, false])
    })

    it('is checked by a command that says what does not fit and ends accordingly', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
      after(() => rmSync(folder, { recursive: true, force: true }))
      const fileOf = (file: string, content: Buffer | string): string => {
        writeFileSync(join(folder, file), content)
        return join(folder, file)
      }
      const run = (...files: string[]) => runCommand('npm', ['run', '--silent', 'evidence:verify', '--', ...files])
      const key = fileOf('key.pem', published.publicKey)
      const print = `公钥指纹（SHA-256）：${published.fingerprint}`
      const whole = fileOf('whole.zip', await packed(pack))
      const count = pack.size - 2
      expect(await run(whole, key)).to.deep.equal([0, `${print}\n相符：${count} 个文件\n`, ''])
      expect(await run(whole)).to.deep.equal([0, `${print}；取自证据包本身，请与公布的指纹核对\n相符：${count} 个文件\n`, ''])
      const changed = fileOf('changed.zip', await packed(new Map(pack).set('部门回执.json', altered('部门回执.json'))))
      expect(await run(changed, key)).to.deep.equal([1, `不符：部门回执.json 的内容与散列不符\n${print}\n不符：${count} 个文件\n`, ''])
      const nothing = fileOf('nothing.zip', 'nothing')
      expect(await run(nothing, key)).to.deep.equal([2, '', `无法核验：${nothing} 不是证据包\n`])
      expect(await run()).to.deep.equal([2, '', '用法：npm run evidence:verify -- 证据包.zip [公钥.pem]\n'])
    })

    it('says what is no pack at all', () => {
      expect(() => checkEvidence(Buffer.from('nothing'))).to.throw(RangeError)
    })
  })

  it('is given to whoever oversees the case, masked, with the reason in the trail', async () => {
    const supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
    const ask = async (asker: ApiClient, query: string) => fetch(`${server.url}/api/v1/sla/cases/${id}/evidence.zip${query}`, { headers: { cookie: asker.cookie } })
    const reason = `?reason=${encodeURIComponent('信访复查')}`
    const response = await ask(supervisor, reason)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(isSound(checkEvidence(bytes))).to.equal(true)
    const files = unzipped(bytes)
    expect(text(files, '申请表.pdf')).to.not.contain(name)
    const { sha256 } = await server.ctx.db('material').where({ application_id: id }).first('sha256')
    const materials = [...files].filter(([file]) => file.startsWith('材料/')).map(([file, content]) => [file, content.toString()])
    expect(materials, 'no scan, which nobody could mask').to.deep.equal([['材料/01-photo-未附原件.txt', `原文件的 SHA-256：${sha256}\n`]])
    expect(read(files, '时限计算.json')).to.have.length(MATTERS.length)
    const event = await server.ctx.db('audit_event').where({ chain: id }).orderBy('seq', 'desc').first() as AuditRow
    expect(event).to.include({ type: 'evidence-exported', actor_id: 'supervisor-gx' })
    expect(server.ctx.crypto.decrypt('audit_event', 'text_enc', event.id, event.text_enc!)).to.equal('信访复查')
    const elsewhere = await server.as(staff('supervisor', 'supervisor-lz', { division: '450200' }))
    const answers = [await ask(supervisor, ''), await ask(elsewhere, reason), await ask(client, reason), await ask(server.anonymous, reason)]
    expect(answers.map(({ status }) => status)).to.deep.equal([400, 404, 403, 401])
  })

  it('is read by a page without script: course, days, rules, receipts', async () => {
    const { db } = server.ctx
    const [item] = await findItemsOfApplication(db, id)
    await updateItem(db, item!.id, { promised_due: '2026-03-27', deadline_kind: 'promised' }, server.ctx.clock.now())
    await addReasons(db, item!.id, [{ code: 'OTHER', message: '<b>须核验</b>', source: 'rule', ruleId: 'rule-1', clause: '四（一）3' }])
    const { files } = await taken(client)
    const page = files.get('index.html')!.toString()
    for (const part of ['办理过程', '受理当日，不计入', '2026-03-27', 'rule-1', '四（一）3', '&#60;b&#62;须核验', 'NO-resident-medical']) expect(page).to.contain(part)
    expect(page).to.not.match(/<script|https?:|<b>/)
    expect(read(files, '时限计算.json')).to.have.length(MATTERS.length)
  })

  it('gives the chain so that anybody can compute it, with its own taking as the last event', async () => {
    const { files } = await taken(client)
    const { verdict, events } = read(files, '审计链.json') as { verdict: object; events: AuditRow[] }
    expect(verdict).to.deep.include({ isIntact: true, count: events.length })
    for (const [index, event] of events.entries()) {
      expect(hashOf(event)).to.equal(event.hash)
      if (index > 0) expect(event.prev_hash).to.equal(events[index - 1]!.hash)
    }
    expect(events.at(-1)).to.include({ type: 'evidence-exported', actor_role: 'applicant' })
    expect((await findApplication(server.ctx.db, id))!.audit_head).to.equal(`${events.length}:${events.at(-1)!.hash}`)
  })

  it('shows a clerk the own department only, masked, and of the rest of the chain the links alone', async () => {
    const clerk = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: null }))
    const { files, bytes } = await taken(clerk)
    expect([...files.keys()].filter(one => one.startsWith('材料/'))).to.deep.equal([])
    expect(text(files, '申请表.pdf')).to.contain('仅供查阅').and.not.to.contain(name)
    expect(bytes.includes(Buffer.from(name))).to.equal(false)
    expect(read(files, '部门回执.json').map(({ department }: { department: string }) => department)).to.deep.equal(['medical'])
    const { events } = read(files, '审计链.json') as { events: (AuditRow & { isWithheld?: boolean })[] }
    for (const event of events) expect(Object.keys(event)).to.have.length(event.isWithheld ? 4 : 12)
    const hrss = await taken(await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: null })))
    expect([...hrss.files.keys()].filter(one => one.startsWith('材料/'))).to.deep.equal(['材料/01-photo-未附原件.txt'])
  })

  it('tells of a material that was changed on the disk instead of breaking off', async () => {
    const { db } = server.ctx
    const { id: material, stored_name } = await db('material').where({ application_id: id }).first('id', 'stored_name')
    await db('material').where({ id: material }).update({ stored_name: 'no-such-file' })
    const { files } = await taken(client)
    await db('material').where({ id: material }).update({ stored_name })
    expect(files.get('材料/01-photo-无法读取.txt')!.toString()).to.match(/SHA-256：[0-9a-f]{64}/)
    expect(files.has('sha256.txt')).to.equal(true)
  })

  it('is refused for a draft, to strangers, and to whoever is not logged in', async () => {
    const answers = [await taken(client, await draftOf(client, MATTERS)), await taken(await server.citizen(1)), await taken(server.anonymous)]
    expect(answers.map(({ status }) => status)).to.deep.equal([409, 404, 401])
  })
})
