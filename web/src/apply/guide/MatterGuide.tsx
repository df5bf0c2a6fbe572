import type { Schemas } from '../../shared/api.ts'
import type { Guide } from '../../shared/region.ts'

type Matter = Schemas['GuideMatter']
type Material = Schemas['GuideMaterial']

/** One matter of the guide, folded until somebody wants it. */
export function MatterGuide({ matter, guide }: { matter: Matter; guide: Guide }) {
  const department = guide.departments.find(({ slug }) => slug === matter.department)?.name
  const deadline = matter.deadlines.find(({ channel }) => channel === 'online') ?? matter.deadlines[0]
  return (
    <details className="fold">
      <summary>{matter.title}</summary>
      <p>{department} · {deadline && deadlineText(deadline)}</p>
      <h3>办理条件</h3>
      <ul>{matter.conditions.map(({ text }) => <li key={text}>{text}</li>)}</ul>
      <h3>材料</h3>
      <Materials materials={matter.materials} none={guide.noMaterials} />
      {matter.notices.length > 0 && <><h3>业务办理须知</h3>{matter.notices.map(notice => <p key={notice}>{notice}</p>)}</>}
      <h3>办理结果</h3>
      <p>{matter.result}</p>
      <h3>依据</h3>
      <ul>{matter.legalBasis.map(basis => <li key={basis}>{basis}</li>)}</ul>
      <p><a href={`/guide/${guide.region.slug}/${matter.slug}.svg`}>办理流程图</a></p>
    </details>
  )
}

/** Materials with when they are needed, and what makes them unnecessary. */
export function Materials({ materials, none }: { materials: readonly Material[]; none: string }) {
  if (materials.length === 0) return <p>{none}</p>
  return (
    <ul>
      {materials.map(({ code, name, required, condition, replacedByLicence, ways }) => (
        <li key={code}>
          {name}
          {!required && `（${condition ?? '按需提供'}）`}
          {ways.some(({ form }) => form === 'original') && '，验原件'}
          {replacedByLicence && '，能查到电子证照的免提交'}
        </li>
      ))}
    </ul>
  )
}

function deadlineText({ kind, promisedWorkingDays, statutoryWorkingDays }: Schemas['GuideDeadline']): string {
  const promise = kind === 'immediate' ? '受理当日办结' : `承诺 ${promisedWorkingDays} 个工作日`
  return statutoryWorkingDays === null ? promise : `${promise}（法定 ${statutoryWorkingDays} 个工作日）`
}
