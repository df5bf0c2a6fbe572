import { Length } from '../frame/Length.tsx'
import { Table } from '../../staff/Table.tsx'
import { percent, RATINGS } from '../labels.ts'
import type { Quality } from './use-trends.ts'

interface Counted {
  readonly key: string
  readonly text: string
  readonly count: number
}

/** Why people had to correct, why they were refused, and how they rated: each a table with bars in it. */
export function Reasons({ quality: { windowDays, corrections, rejections, ratings } }: { quality: Quality }) {
  const byCode = (rows: Quality['corrections']): Counted[] => rows.map(({ code, text, count }) => ({ key: code, text, count }))
  return (
    <>
      <Bars caption={`近 ${windowDays} 日补正的原因`} name="原因" rows={byCode(corrections)} empty="没有要求补正。" />
      <Bars caption={`近 ${windowDays} 日审核不通过的原因`} name="原因" rows={byCode(rejections)} empty="没有审核不通过的。" />
      <Bars
        caption={`近 ${windowDays} 日好差评`} name="评价" empty="还没有评价。"
        rows={ratings.map(({ level, count }) => ({ key: String(level), text: RATINGS[level] ?? String(level), count }))}
      />
    </>
  )
}

function Bars({ caption, name, rows, empty }: { caption: string; name: string; rows: readonly Counted[]; empty: string }) {
  const all = rows.reduce((sum, { count }) => sum + count, 0)
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <Table
      caption={caption} head={[name, '次数', '占比', '比较']} empty={empty}
      rows={rows.map(({ key, text, count }) => ({ key, cells: [text, count, percent(count / all), <Length key="bar" share={count / most} />] }))}
    />
  )
}
