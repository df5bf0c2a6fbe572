import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'chai'
import { appendAudit } from '../../server/db/audit.ts'
import { exportAudit } from '../../server/db/audit-file.ts'
import { verifyAuditFile, verifyAuditText } from '../../server/db/audit-file-check.ts'
import { sealHeads } from '../../server/db/audit-seals.ts'
import { onBothDatabases } from '../support/databases.ts'
import { runCommand } from '../support/run-command.ts'
import { insertApplication } from '../support/rows.ts'

onBothDatabases('scripts/audit-verify', ({ openMigrated, kind }) => {
  let lines: string[]
  let one: string
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  before(async () => {
    const db = await openMigrated()
    one = await insertApplication(db, { number: 'n1' })
    const other = await insertApplication(db, { number: 'n2' })
    for (let at = 1; at <= 5; at++) {
      for (const chain of [one, other, 'system']) await appendAudit(db, { chain, type: 'test', actor: { role: 'system', id: 't' }, data: { at }, at })
      await sealHeads(db, at)
    }
    lines = []
    for await (const line of exportAudit(db)) lines.push(line)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** Line of an event of the first case. */
  const placeOf = (seq: number): number => lines.findIndex(line => {
    const { event } = JSON.parse(line) as { event?: { chain: string; seq: number } }
    return event?.chain === one && event.seq === seq
  })
  const verdict = (changed: readonly string[]) => {
    const { broken, brokenSeal } = verifyAuditText(changed.join(''))
    return [broken.map(({ chain, brokenAt, reason }) => [chain === one, brokenAt, reason]), brokenSeal]
  }

  it('finds an exported trail whole', () => {
    expect(verifyAuditText(lines.join(''))).to.deep.equal({ chains: 3, events: 15, seals: 5, broken: [], brokenSeal: null })
  })

  it('finds a tampered event, a deleted one, a swapped pair and a cut tail, each with the first bad position', () => {
    const at = placeOf(3)
    expect(verdict(lines.with(at, lines[at]!.replace('\\"at\\":3', '\\"at\\":9')))).to.deep.equal([[[true, 3, 'hash']], null])
    expect(verdict(lines.toSpliced(at, 1))).to.deep.equal([[[true, 4, 'gap']], 3])
    expect(verdict(lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!))).to.deep.equal([[[true, 4, 'gap']], null])
    expect(verdict(lines.toSpliced(placeOf(5), 1))).to.deep.equal([[[true, 5, 'head']], 5])
    const head = lines.findIndex(line => line.startsWith(`{"head":{"chain":"${one}"`))
    const { event: { hash } } = JSON.parse(lines[placeOf(4)]!) as { event: { hash: string } }
    const forged = lines.with(head, `${JSON.stringify({ head: { chain: one, head: `4:${hash}` } })}\n`)
    expect(verdict(forged.toSpliced(placeOf(5), 1))[1], 'a tail cut with its head').to.equal(5)
  })

  it('finds a seal that was taken out or changed', () => {
    const seal = lines.findIndex(line => line.startsWith('{"seal":') && line.includes('"number":2'))
    expect(verdict(lines.toSpliced(seal, 1))).to.deep.equal([[], 3])
    expect(verdict(lines.with(seal, lines[seal]!.replace('"at":2', '"at":7')))).to.deep.equal([[], 2])
  })

  it('reads a file piece by piece, wherever that is cut, with the same result', async () => {
    const inPieces = (text: string, size: number) => verifyAuditFile(Readable.from(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []))
    const changed = lines.toSpliced(placeOf(3), 1)
    const events = lines.map(line => (JSON.parse(line) as { event?: { chain: string } }).event).filter(event => event?.chain === one)
    const evidence = { verdict: {}, events: events.toSpliced(1, 1) }
    for (const text of [lines.join(''), changed.join(''), changed.join('').trimEnd(), JSON.stringify(evidence), JSON.stringify(evidence, null, 2), '']) {
      for (const size of [10, 1000, 100_000]) expect(await inPieces(text, size), text.slice(0, 40)).to.deep.equal(verifyAuditText(text))
    }
    expect((await inPieces(JSON.stringify(evidence, null, 2), 10)).broken).to.deep.equal([{ chain: one, brokenAt: 3, reason: 'gap' }])
    expect(await inPieces('half', 2).then(() => 'read', (error: Error) => error.name)).to.equal('SyntaxError')
  })

  if (kind === 'sqlite') {
    it('says so on the command line, and ends accordingly', async () => {
      const run = async (name: string, text: string) => {
        writeFileSync(join(folder, name), text)
        const [code, said] = await runCommand('node', ['--import', 'tsx', 'scripts/audit-verify.ts', join(folder, name)])
        return [code, said]
      }
      expect(await run('whole', lines.join(''))).to.deep.equal([0, '相符：3 条链，15 条记录，5 次封存\n'])
      const [code, said] = await run('changed', lines.toSpliced(placeOf(2), 1).join(''))
      expect([code, said]).to.deep.equal([1, `不符：链 ${one} 第 3 条，缺少记录，或次序被调换\n不符：第 2 次封存\n不符：3 条链，14 条记录，5 次封存\n`])
    })
  }
})
