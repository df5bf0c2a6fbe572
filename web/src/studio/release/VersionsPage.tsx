import { Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Loaded } from '../../staff/Loaded.tsx'
import { moment } from '../../staff/labels.ts'
import { Table } from '../../staff/Table.tsx'
import { useDefinitions } from '../drafts/use-drafts.ts'
import { KINDS } from '../labels.ts'
import { ChangeList } from './ChangeList.tsx'
import { HeldSeeds } from './HeldSeeds.tsx'
import { Migration } from './Migration.tsx'
import { RollBack } from './RollBack.tsx'
import type { Release } from './use-release.ts'
import { useVersions } from './use-release.ts'
import './diagram.css'

/** Every version of a model with who released it and why; from here one rolls back and moves running cases. */
export function VersionsPage() {
  const [search, setSearch] = useSearchParams()
  const { data: definitions = [] } = useDefinitions()
  const key = search.get('model') ?? definitions[0]?.key ?? ''
  return (
    <>
      <h1>版本与发布</h1>
      <HeldSeeds />
      <Select
        aria-label="流程或规则表" className="model-choice" value={key} showSearch={{ optionFilterProp: 'label' }}
        options={definitions.map(one => ({ value: one.key, label: `${KINDS[one.kind]}：${one.name}` }))}
        onChange={model => setSearch({ model })}
      />
      <VersionsOf key={key} model={key} />
    </>
  )
}

function VersionsOf({ model }: { model: string }) {
  const [shown, setShown] = useState<number>()
  return (
    <Loaded query={useVersions(model)}>
      {({ kind, versions }) => {
        const [latest] = versions
        const release = versions.find(({ version }) => version === shown)?.release
        return (
          <>
            <Table
              caption="全部版本，最近的在前" head={['版本', '由来', '发布', '理由', '操作']} empty="还没有版本。"
              rows={versions.map(one => ({
                key: String(one.version),
                cells: [
                  `第 ${one.version} 版${one === latest ? '（现行）' : ''}`, one.release ? `由第 ${one.release.fromVersion} 版修改而来` : '随软件部署',
                  one.release ? whoAndWhen(one.release) : '', one.release?.reason ?? '',
                  <span key="acts" className="acts">
                    {one.release && <button type="button" className="text-button" onClick={() => setShown(one.version)}>查看改动</button>}
                    {one !== latest && <RollBack model={model} version={one.version} />}
                  </span>
                ]
              }))}
            />
            {release && <Details release={release} />}
            {kind === 'process' && versions.length > 1 && <Migration model={model} versions={versions.map(({ version }) => version)} />}
          </>
        )
      }}
    </Loaded>
  )
}

const whoAndWhen = ({ submittedBy, releasedBy, releasedAt }: Release): string => `${submittedBy} 送审，${releasedBy} 发布，${moment(releasedAt)}`

function Details({ release: { toVersion, changes, sha256, reason } }: { release: Release }) {
  return (
    <section aria-label={`第 ${toVersion} 版的改动`}>
      <h2>第 {toVersion} 版的改动</h2>
      <p>理由：{reason}</p>
      <p className="hash">内容的 SHA-256：<code>{sha256}</code></p>
      <ChangeList changes={changes} />
    </section>
  )
}
