import { percent } from '../labels.ts'
import type { Quality } from './use-trends.ts'

/** What the notice promised to save, beside what it came to. */
export function Effects({ quality: { windowDays, effects: { materials, time, visits, steps } } }: { quality: Quality }) {
  const cards = [
    { name: '减材料', figure: percent(materials.exemptRate), meaning: `免提交占比：电子证照代替 ${materials.exempt} 份，申请人提交 ${materials.uploaded} 份` },
    { name: '减时限', figure: days(time.usedWorkingDays), meaning: `平均实际用时（${time.cases} 件整体办结${longest(time.longestWorkingDays)}）；${promised(time)}` },
    { name: '减跑动', figure: visits.perCase === null ? '暂无' : `${visits.perCase.toFixed(2)} 次`, meaning: `每件到窗口的次数：${visits.cases} 件共 ${visits.visits} 次` },
    {
      name: '减环节', figure: steps.mattersPerCase === null ? '暂无' : `${steps.mattersPerCase.toFixed(1)} 项合一`,
      meaning: steps.mattersPerCase === null ? '还没有申请' : `一张申请表平均代替 ${steps.mattersPerCase.toFixed(1)} 项、${steps.departmentsPerCase!.toFixed(1)} 个部门的分别申请`
    }
  ]
  return (
    <section aria-labelledby="effects">
      <h2 id="effects">“四减”实效（近 {windowDays} 日）</h2>
      <ul className="totals effects">
        {cards.map(({ name, figure, meaning }) => (
          <li key={name} className="total total-green">
            <div><h3 className="total-name">{name}</h3><p className="total-count">{figure}</p><p className="total-meaning">{meaning}</p></div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const days = (used: number | null): string => (used === null ? '暂无' : `${used.toFixed(1)} 个工作日`)

const longest = (used: number | null): string => (used === null ? '' : `，最长 ${used} 个工作日`)

/** What the law allows and what was promised, in the figures of the region's notice. */
function promised({ statutoryWorkingDays, isSum, promisedWorkingDays }: Quality['effects']['time']): string {
  const promise = promisedWorkingDays === 0 ? '承诺即时办结' : `承诺 ${promisedWorkingDays} 个工作日`
  return statutoryWorkingDays === null ? promise : `法定${isSum ? '各事项相加' : '合计'} ${statutoryWorkingDays} 个工作日，${promise}`
}
