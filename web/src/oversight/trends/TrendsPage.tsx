import { Radio } from 'antd'
import { Holders } from '../cases/Holders.tsx'
import { useAttribution } from '../cases/use-case.ts'
import type { Cut } from '../frame/CutFilters.tsx'
import { CUT, CutFilters } from '../frame/CutFilters.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { PrintButton } from '../frame/PrintButton.tsx'
import { useAddress } from '../frame/use-address.ts'
import { Effects } from './Effects.tsx'
import { Rates } from './Rates.tsx'
import { Reasons } from './Reasons.tsx'
import { TrendChart } from './TrendChart.tsx'
import type { Axis, Grain } from './use-trends.ts'
import { useQuality, useTrend } from './use-trends.ts'

interface Choices extends Cut {
  readonly grain: Grain
  readonly by: Axis
}

const GRAINS: readonly { value: Grain; label: string }[] = [{ value: 'day', label: '逐日' }, { value: 'week', label: '逐周' }, { value: 'month', label: '逐月' }]

/** How the work went, how well it was done, and what the notice's promises came to. */
export function TrendsPage() {
  const [{ grain = 'day', by = 'department', ...cut }, change] = useAddress<Choices>([...CUT, 'grain', 'by'])
  const quality = useQuality(by, cut)
  return (
    <>
      <div className="page-head"><h1>趋势与质效</h1><PrintButton /></div>
      <CutFilters cut={cut} onChange={change}>
        <Radio.Group
          aria-label="时间粒度" optionType="button" options={[...GRAINS]} value={grain}
          onChange={event => change({ grain: event.target.value as Grain })}
        />
      </CutFilters>
      <Loaded query={useTrend(grain, cut)}>{trend => <TrendChart trend={trend} />}</Loaded>
      <Loaded query={quality}>
        {data => (
          <>
            <Effects quality={data} />
            <Rates quality={data} onChange={axis => change({ by: axis })} />
            <Reasons quality={data} />
          </>
        )}
      </Loaded>
      <Loaded query={useAttribution()}>{data => <Holders attribution={data} />}</Loaded>
    </>
  )
}
