import { Radio, Select } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useAddress } from '../frame/use-address.ts'
import { HeatDiagram } from './HeatDiagram.tsx'
import type { MeasureName } from './measures.ts'
import { MEASURES } from './measures.ts'
import type { Heat } from './use-heat.ts'
import { useHeat, useProcesses } from './use-heat.ts'

const HEAD = ['环节', ...Object.values(MEASURES).map(({ title }) => title)]

/** The heat map: any version of any process of the region, coloured by what its cases did there. */
export function HeatPage() {
  return (
    <>
      <h1>流程热力</h1>
      <Loaded query={useProcesses()}>{processes => <Chosen processes={processes} />}</Loaded>
    </>
  )
}

interface Process {
  readonly key: string
  readonly name: string
  readonly version: number
}

function Chosen({ processes }: { processes: readonly Process[] }) {
  const [{ process = processes[0]?.key ?? '', version }, change] = useAddress<{ process: string; version: string }>(['process', 'version'])
  const latest = processes.find(({ key }) => key === process)?.version ?? 1
  const shown = Math.min(Number(version ?? latest), latest)
  const versions = Array.from({ length: latest }, (_, index) => latest - index)
  return (
    <>
      <search className="filters">
        <Select
          aria-label="流程" className="filter" popupMatchSelectWidth={false} value={process}
          options={processes.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={key => change({ process: key, version: undefined })}
        />
        <Select
          aria-label="版本" className="filter" value={shown} options={versions.map(one => ({ value: one, label: `第 ${one} 版` }))}
          onChange={one => change({ process, version: String(one) })}
        />
      </search>
      <HeatOf key={`${process}/${shown}`} process={process} version={shown} />
    </>
  )
}

function HeatOf({ process, version }: { process: string; version: number }) {
  const [measure, setMeasure] = useState<MeasureName>('count')
  return (
    <Loaded query={useHeat(process, version)}>
      {({ heat, xml }) => (
        <>
          <div className="filters">
            <Radio.Group
              aria-label="按什么着色" optionType="button" value={measure} onChange={event => setMeasure(event.target.value as MeasureName)}
              options={Object.entries(MEASURES).map(([value, { title }]) => ({ value, label: title }))}
            />
          </div>
          <HeatDiagram xml={xml} activities={heat.activities} measure={MEASURES[measure]} />
          <HeatTable heat={heat} />
        </>
      )}
    </Loaded>
  )
}

/** The same in numbers; elements without a name have nothing that could be said of them. */
function HeatTable({ heat: { windowDays, isPartial, activities } }: { heat: Heat }) {
  const named = activities.filter(({ name }) => name !== null).sort((one, other) => other.count - one.count)
  return (
    <Table
      caption={`近 ${windowDays} 日各环节${isPartial ? '（只计最近的一部分）' : ''}`} head={HEAD} empty="这个版本近期没有办件经过。"
      rows={named.map(one => ({
        key: one.activityId, cells: [one.name, ...Object.values(MEASURES).map(({ textOf }) => textOf(one))]
      }))}
    />
  )
}
