import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import sharp from 'sharp'
import { capitalYuan } from '../../../core/money.ts'
import type { ApiClient } from '../../../scripts/client.ts'
import { findApplication, updateApplication } from '../../../server/db/applications.ts'
import { insertCorrection, updateCorrection } from '../../../server/db/corrections.ts'
import { sealAssessment, updateRow } from '../../../server/db/item-rows.ts'
import { addReasons, findItemsOfApplication, updateItem } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import { paperCode } from '../../../server/services/papers/paper-code.ts'
import { readTable } from '../../../server/lint/dmn-table.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { confirmed, draftOf, noConflicts, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { pdfText } from '../documents/papers/pdf-text.ts'

const MATTERS = ['resident-pension', 'social-security-card', 'resident-medical', 'contribution']

describe('routes/papers', () => {
  let server: PublicServer
  let client: ApiClient
  let window: ApiClient
  let name: string

  before(async () => {
    const tables = tableDecisions()
    server = await startPublicServer({
      decisions: { evaluate: (key, inputs) => (key.endsWith('-materials') ? tables : noConflicts).evaluate(key, inputs) }
    })
    client = await server.citizen(0)
    window = await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' }))
    name = (await client.get('regions/guangxi/prefill?matters=resident-pension')).common.person.name
  })
  after(() => server.stop())

  const download = async (asker: ApiClient, path: string) => {
    const response = await fetch(`${server.url}/api/v1/applications/${path}`, { headers: { cookie: asker.cookie } })
    const bytes = Buffer.from(await response.arrayBuffer())
    const isPdf = response.headers.get('content-type') === 'application/pdf'
    return { status: response.status, headers: response.headers, bytes, text: isPdf ? pdfText(bytes).replaceAll('\n', '') : '' }
  }
  const submitted = async (matters: readonly string[], signature: string | null = null) => {
    const id = await draftOf(client, matters)
    const { number } = await client.call('POST', `applications/${id}/submit`, { ...confirmed(matters), signature })
    const items = await findItemsOfApplication(server.ctx.db, id)
    return { id, number: number as string, item: (slug: string) => items.find(item => item.slug === slug)! }
  }
  const at = () => server.ctx.clock.now()
  const accept = async (id: string): Promise<void> => {
    await updateApplication(server.ctx.db, id, { accepted_at: at(), accepted_on: '2026-03-24' }, at())
    for (const item of await findItemsOfApplication(server.ctx.db, id)) {
      await patch(item, { status: 'accepted', deadline_kind: 'promised', promised_due: '2026-04-03' })
    }
  }
  const patch = (item: Item, change: Partial<Item>) => updateItem(server.ctx.db, item.id, change, at())
  const noticesOf = async (id: string, asker = client) => (await asker.get(`applications/${id}/notices`)).notices as { id: string; kind: string; title: string }[]
  const openKind = async (id: string, kind: string) => {
    const notice = (await noticesOf(id)).find(one => one.kind === kind)
    expect(notice, kind).to.be.an('object')
    return download(client, `${id}/notices/${notice!.id}.pdf`)
  }

  it('prints a draft with its chosen sections only, as a download that nobody keeps', async () => {
    const id = await draftOf(client, ['social-security-card'], draft => { draft.common.person.name = '欧阳娜娜·买买提䶮' })
    const { status, headers, bytes, text } = await download(client, `${id}/form.pdf`)
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'application/pdf'])
    expect(headers.get('content-disposition')).to.match(/^attachment; filename="[^"]*"; filename\*=UTF-8''%E7%81%B5%E6%B4%BB[%\w-]+\.pdf$/)
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).to.deep.equal(['no-store', 'nosniff'])
    expect(bytes.subarray(0, 5).toString()).to.equal('%PDF-')
    expect(text).to.contain('欧阳娜娜·买买提䶮').and.to.contain('草稿').and.to.contain('以下信息勾选社会保障卡申领填写').and.to.contain('桂林银行')
    expect(text).not.to.contain('档案计划从')
    expect(text).not.to.contain('办件编号')
    expect(text).not.to.contain('核验码')
  })

  it('prints what was submitted with number, promise, signature and date', async () => {
    const png = await sharp({ create: { width: 60, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } } }).png().toBuffer()
    const { id, number } = await submitted(['social-security-card'], `data:image/png;base64,${png.toString('base64')}`)
    const { text, bytes } = await download(client, `${id}/form.pdf`)
    for (const part of [name, number, '我承诺已认真阅读', '签名：', '2026年3月24日', '核验码']) expect(text).to.contain(part)
    expect(text).not.to.contain('草稿')
    expect(bytes.toString('latin1')).to.contain('/Subtype /Image').and.not.to.contain('/SMask')
    const nonsense = await submitted(['resident-medical'], 'data:image/png;base64,AAAA')
    expect((await download(client, `${nonsense.id}/form.pdf`)).status).to.equal(200)
  })

  it('gives a draft no receipt, confirms what came in, and says 受理 only after acceptance', async () => {
    const draft = await download(client, `${await draftOf(client, ['resident-medical'])}/receipt.pdf`)
    expect([draft.status, JSON.parse(draft.bytes.toString()).code]).to.deep.equal([409, 'NOT_SUBMITTED'])
    const { id, number } = await submitted(['resident-medical'])
    expect((await download(client, `${id}/receipt.pdf`)).text).to.contain('收件回执').and.to.contain(number).and.not.to.contain('已于')
    await accept(id)
    const { text } = await download(client, `${id}/receipt.pdf`)
    for (const part of ['受理通知书', number, '城乡居民基本医疗保险参保登记', '承诺件', '2026年4月3日', '后四位', `${name}：`]) expect(text).to.contain(part)
  })

  it('codes each paper of a case differently, with nothing personal in the address', async () => {
    const { crypto } = server.ctx
    const codes = ['form', 'receipt'].flatMap(paper => ['1', '2'].flatMap(number => [1, 2].map(issuedAt => paperCode(crypto, { number, paper, issuedAt }))))
    expect(new Set(codes).size).to.equal(8)
    for (const code of codes) expect(code).to.match(/^[2-9A-HJKMNP-Z]{10}$/)
    const { id, number } = await submitted(['resident-medical'])
    const issuedAt = (await findApplication(server.ctx.db, id))!.submitted_at!
    expect((await download(client, `${id}/form.pdf`)).text).to.contain(`核验码 ${paperCode(crypto, { number, paper: 'form', issuedAt })}`)
  })

  it('has no notice before acceptance, then tells all materials and notices at once', async () => {
    expect(await noticesOf(await draftOf(client, MATTERS))).to.deep.equal([])
    const { id } = await submitted(MATTERS)
    expect(await noticesOf(id)).to.deep.equal([])
    await accept(id)
    expect((await noticesOf(id)).map(({ kind }) => kind)).to.deep.equal(['materials'])
    const { text } = await openKind(id, 'materials')
    for (const part of ['一次性告知书', '申请表', '制卡人照片', '办理须知：城乡居民基本医疗保险参保登记', '免提交']) expect(text).to.contain(part)
  })

  it('notifies of a correction once it is open: what, why and until when', async () => {
    const { id, item } = await submitted(['resident-medical', 'social-security-card'])
    await accept(id)
    const correction = randomUUID()
    await insertCorrection(server.ctx.db, {
      id: correction, itemId: item('social-security-card').id, applicationId: id, createdBy: 'clerk', at: at(),
      fields: [{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '号码少一位' }, { path: '/items/social-security-card/bank', reasonCode: 'OTHER', text: '' }],
      materials: [{ code: 'photo', reasonCode: 'PHOTO_NOT_STANDARD', text: '背景不是白色' }]
    })
    expect((await noticesOf(id)).map(({ kind }) => kind)).to.deep.equal(['materials'])
    await updateCorrection(server.ctx.db, correction, { opened_at: at(), deadline: '2026-03-31' })
    const { text } = await openKind(id, 'correction')
    for (const part of ['补正通知书', '2026年3月31日', '申请人 － 联系电话', '申请表内容填写有误：号码少一位', '开户银行', '申请材料：制卡人照片', '制卡照片不符合标准：背景不是白色']) {
      expect(text).to.contain(part)
    }
  })

  it('gives the reasons with their clauses when an item, a row or the whole is refused', async () => {
    const { id, item } = await submitted(MATTERS)
    await accept(id)
    await patch(item('social-security-card'), { status: 'rejected', outcome: 'rejected', decided_at: at() })
    await addReasons(server.ctx.db, item('social-security-card').id, [{ code: 'CARD', message: '已在区外申领', source: 'rule', clause: '附件1 四（一）4', ruleId: 'card-1' }], at())
    const row = (await server.ctx.db('item_row').where({ application_id: id }).first()) as { id: string; insurance: string }
    await updateRow(server.ctx.db, row.id, { status: 'rejected', outcome: 'rejected', decided_at: at() }, at())
    await addReasons(server.ctx.db, item('contribution').id, [{ code: 'P', message: '前置事项未通过', source: 'system', rowId: row.id }, { code: 'Q', message: '不属于这一险种', source: 'system' }], at())
    const rejected = (await noticesOf(id)).filter(({ kind }) => kind === 'rejected')
    expect(rejected.map(({ id: nid }) => nid)).to.have.members([`rejected-${item('social-security-card').id}`, `rejected-${row.id}`])
    const whole = await download(client, `${id}/notices/rejected-${item('social-security-card').id}.pdf`)
    for (const part of ['不予核定告知书', '已在区外申领', '附件1 四（一）4，规则card-1', '行政复议']) expect(whole.text).to.contain(part)
    expect((await download(client, `${id}/notices/rejected-${row.id}.pdf`)).text).to.contain('前置事项未通过').and.not.to.contain('不属于这一险种')

    const refused = await submitted(['resident-medical'])
    await updateApplication(server.ctx.db, refused.id, { refused_at: at() }, at())
    await patch(refused.item('resident-medical'), { status: 'not-accepted', outcome: 'not-accepted', decided_at: at() })
    await addReasons(server.ctx.db, refused.item('resident-medical').id, [{ code: 'X', message: '二者为互斥业务', source: 'rule', clause: '附件2 选办说明2' }], at())
    expect((await noticesOf(refused.id)).map(({ kind }) => kind)).to.deep.equal(['not-accepted'])
    const { text } = await openKind(refused.id, 'not-accepted')
    expect(text).to.contain('不予受理告知书').and.to.contain('二者为互斥业务').and.to.contain('附件2 选办说明2')
  })

  it('prints results with receipts, and the sheet of a declaration with amounts and totals', async () => {
    const { id, item } = await submitted(MATTERS)
    await accept(id)
    await patch(item('social-security-card'), {
      status: 'approved', outcome: 'approved', decided_at: at(), receipt_number: 'HRSS-123', receipt_issued_at: at()
    })
    const rows = (await server.ctx.db('item_row').where({ application_id: id }).orderBy('insurance')) as { id: string; insurance: string }[]
    for (const [index, row] of rows.entries()) {
      await updateRow(server.ctx.db, row.id, {
        status: 'approved', outcome: 'approved', decided_at: at(), amount_fen: 12_345_605 + index, payment_status: index === 0 ? 'paid' : 'due', receipt_number: `TAX-${index}`
      }, at())
    }
    await patch(item('contribution'), { status: 'approved', outcome: 'approved', decided_at: at() })
    const taxpayerId = '450103199008160244'
    await updateRow(server.ctx.db, rows[0]!.id, {
      assessment_enc: sealAssessment(server.ctx, rows[0]!.id, {
        socialInsuranceCode: '450000000000000077', taxpayerId, lines: [
          { item: '灵活就业人员基本医疗保险', subitem: '统账结合', amountFen: 12_000_005, baseFen: 675_600, rateBasisPoints: 950 },
          { item: '灵活就业人员长期护理保险', subitem: '个人缴费', amountFen: 345_600 }
        ]
      })
    }, at())
    const result = await download(client, `${id}/notices/result-${item('social-security-card').id}.pdf`)
    for (const part of ['办结结果通知书', 'HRSS-123', '予以核定', '线上反馈', name]) expect(result.text).to.contain(part)
    const { text } = await openKind(id, 'declaration')
    const total = (12_345_605 * rows.length + rows.length * (rows.length - 1) / 2) / 100
    for (const part of ['社会保险费申报表', '征收品目', '合计', '123,456.05', '应缴费额合计（大写）', capitalYuan(Math.round(total * 100)), capitalYuan(12_345_605), '灵活就业人员长期护理保险', '统账结合', '9.5%', '6,756.00', '120,000.05', '3,456.00', '450000000000000077', taxpayerId, total.toLocaleString('en-US', { minimumFractionDigits: 2 })]) expect(text).to.contain(part)
    const form = (await download(client, `${id}/form.pdf`)).text
    for (const part of ['灵活就业人员长期护理保险', '统账结合', '120,000.05', '450000000000000077', taxpayerId]) expect(form).to.contain(part)
    const clerk = await server.as(staff('clerk', 'tax-gx', { department: 'tax', division: null }))
    const masked = (await download(clerk, `${id}/form.pdf`)).text
    expect(masked).to.contain('120,000.05').and.to.contain('450103********0244').and.not.to.contain(taxpayerId).and.not.to.contain('450000000000000077')
    expect((await download(client, `${id}/notices/result-${item('contribution').id}.pdf`)).text).to.contain('TAX-0').and.to.contain('已缴')
  })

  it('prints the papers that an agent and the applicant sign: blank for everybody, filled in for those of the case', async () => {
    const { papers } = await server.anonymous.get('regions/guangxi/papers')
    const asked = readTable(readFileSync('processes/guangxi/materials.dmn', 'utf8')).rules.filter(({ then }) => then.kind === 'commitment')
    expect(papers.map(({ code }: { code: string }) => code)).to.have.members([...new Set(asked.map(({ then }) => then.code))])
    const blank = await fetch(`${server.url}/api/v1/regions/guangxi/papers/power-of-attorney.pdf`)
    const form = pdfText(Buffer.from(await blank.arrayBuffer())).replaceAll('\n', '')
    for (const part of ['委托书', '参保人（委托人）签名：', '代办人姓名', '灵活就业人员医疗保险参保登记']) expect(form).to.contain(part)
    expect(form).not.to.contain(name)
    expect((await fetch(`${server.url}/api/v1/regions/guangxi/papers/nothing.pdf`)).status).to.equal(404)

    const agent = { name: '欧阳娜娜·买买提', idType: 'resident-id', idNumber: '450103198806150038', relation: '配偶', mobile: '13877100002' }
    const id = await draftOf(client, ['flexible-medical'], draft => { draft.agent = agent })
    const { text, headers } = await download(client, `${id}/papers/agent-commitment.pdf`)
    for (const part of ['个人代办承诺书', '代办人签名：', name, agent.name, agent.idNumber, '配偶', '复印件均有申请人本人签名']) expect(text).to.contain(part)
    expect(headers.get('content-disposition')).to.match(/^attachment/)
    expect((await download(await server.citizen(1), `${id}/papers/agent-commitment.pdf`)).status).to.equal(404)
    await client.call('POST', `applications/${id}/submit`, confirmed(['flexible-medical']))
    const clerk = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: null }))
    const masked = await download(clerk, `${id}/papers/power-of-attorney.pdf`)
    expect(masked.text).to.contain('仅供查阅').and.not.to.contain(agent.name).and.not.to.contain(agent.idNumber)
  })

  it('shows each asker what the view of the application shows: all, masked, own department, or nothing', async () => {
    const { id, item } = await submitted(MATTERS)
    await accept(id)
    for (const slug of ['social-security-card', 'resident-medical']) await patch(item(slug), { status: 'approved', outcome: 'approved', decided_at: at() })
    const clerk = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: null }))
    const form = await download(clerk, `${id}/form.pdf`)
    expect(form.text).to.contain('以下信息勾选城乡居民基本医疗保险参保登记').and.to.contain('仅供查阅')
    expect(form.text).not.to.contain('以下信息勾选社会保障卡')
    expect(form.text).not.to.contain(name)
    expect((await download(window, `${id}/form.pdf`)).text).to.contain('以下信息勾选社会保障卡').and.not.to.contain(name)
    const own = await noticesOf(id, clerk)
    expect(own.map(({ kind, id: nid }) => kind === 'result' ? nid : kind)).to.have.members(['materials', `result-${item('resident-medical').id}`])
    const answers = await Promise.all([
      download(clerk, `${id}/notices/result-${item('social-security-card').id}.pdf`), download(client, `${id}/notices/nothing.pdf`),
      download(await server.citizen(1), `${id}/form.pdf`), download(server.anonymous, `${id}/receipt.pdf`)
    ])
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 401])
  })
})
