import { expect } from 'chai'
import { everyPage, pagesByTime } from '../../../server/engine/gateway-instances.ts'
import type { Page } from '../../../server/engine/gateway-instances.ts'

interface Row {
  readonly id: number
  readonly changedAt: number
}

const MAX = 10
/** Three rows of each instant, as a storm of timers leaves them. */
const ROWS: readonly Row[] = Array.from({ length: 100 }, (_, id) => ({ id, changedAt: 1000 + Math.floor(id / 3) }))

/** As a database may: in the order of time, and those of one instant the other way round with every question. */
function unsteady(rows: readonly Row[]) {
  let asked = 0
  return ({ since, first, max }: Page & { readonly since: number }): Promise<Row[]> => {
    const turn = asked++ % 2 === 0 ? 1 : -1
    const inOrder = rows.filter(({ changedAt }) => changedAt >= since)
      .sort((one, other) => one.changedAt - other.changedAt || turn * (one.id - other.id))
    return Promise.resolve(inOrder.slice(first, first + max))
  }
}

async function idsOf(pages: AsyncGenerator<Row[]>): Promise<Set<number>> {
  const ids = new Set<number>()
  for await (const rows of pages) for (const { id } of rows) ids.add(id)
  return ids
}

describe('pages of what comes in the order of time', () => {
  it('hold each row, though those of one instant have no order; by number one is missed', async () => {
    const ask = unsteady(ROWS)
    expect(await idsOf(everyPage(page => ask({ ...page, since: 0 }), MAX))).to.have.property('size').below(100)
    expect(await idsOf(pagesByTime(0, unsteady(ROWS), MAX))).to.have.property('size', 100)
  })

  it('go on where more rows than a page holds are of one instant', async () => {
    const same = Array.from({ length: 35 }, (_, id) => ({ id, changedAt: 1000 }))
    const steady = ({ since, first, max }: Page & { readonly since: number }) =>
      Promise.resolve([...same, { id: 35, changedAt: 1001 }].filter(({ changedAt }) => changedAt >= since).slice(first, first + max))
    expect(await idsOf(pagesByTime(0, steady, MAX))).to.have.property('size', 36)
  })

  it('begin where they are told to', async () => {
    expect(Math.min(...await idsOf(pagesByTime(1010, unsteady(ROWS), MAX)))).to.equal(30)
  })
})
