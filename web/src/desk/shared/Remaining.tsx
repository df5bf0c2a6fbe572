import { Tag } from 'antd'
import type { Schemas } from '../../shared/api.ts'
import { LIGHTS } from '../labels.ts'

/** The time left in words and the light by its name: nobody has to see a colour. */
export function Remaining({ task: { remaining, sla } }: { task: Pick<Schemas['Task'], 'remaining' | 'sla'> }) {
  return (
    <span className="remaining">
      {remaining}
      {sla && sla !== 'green' && <Tag className={`light light-${sla}`}>{LIGHTS[sla]}</Tag>}
    </span>
  )
}
