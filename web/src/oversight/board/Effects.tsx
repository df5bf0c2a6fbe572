import { Table } from '../frame/Table.tsx'
import { percent, RATINGS, SHARING } from '../labels.ts'
import type { Summary } from './use-summary.ts'

/** How satisfied people are, and the notice's own effects: 减材料, 减时限. */
export function Effects({ summary: { decided, ratings, materials, promises } }: { summary: Summary }) {
  const rated = sumOf(ratings)
  const asked = sumOf(materials)
  return (
    <>
      <Table
        caption={`近 ${decided.windowDays} 日好差评`} head={['评价', '次数', '占比']} empty="还没有评价。"
        rows={ratings.map(({ level, count }) => ({ key: String(level), cells: [RATINGS[level], count, percent(count / rated)] }))}
      />
      <Table
        caption={`减材料：近 ${decided.windowDays} 日电子证照查询`} head={['结果', '次数', '占比']} empty="还没有查询过电子证照。"
        rows={materials.map(({ outcome, count }) => ({
          key: outcome, cells: [SHARING[outcome] ?? outcome, count, percent(count / asked)]
        }))}
      />
      <section className="table-frame" aria-labelledby="promises">
        <h2 id="promises">减时限</h2>
        <p>
          {promises.statutoryTotalWorkingDays !== null && `各事项法定时限合计 ${promises.statutoryTotalWorkingDays} 个工作日，`}
          全部事项一次申请承诺 {promises.overallPromisedWorkingDays} 个工作日内办结；近 {decided.windowDays} 日按时办结率 {percent(decided.onTimeRate)}。
        </p>
      </section>
    </>
  )
}

const sumOf = (counts: readonly { readonly count: number }[]): number => counts.reduce((sum, { count }) => sum + count, 0)
