import { Tag } from 'antd'
import type { Schemas } from '../../shared/api.ts'
import { COLOURS, remainingWords } from '../labels.ts'

/** The colour of an item by its name and the working days left in words: nobody has to see a colour. */
export function Light({ item }: { item: Pick<Schemas['SlaItem'], 'colour' | 'remainingWorkingDays'> }) {
  return (
    <span className="nowrap">
      <Tag className={`light light-${item.colour}`}>{COLOURS[item.colour]}</Tag>
      {remainingWords(item)}
    </span>
  )
}
