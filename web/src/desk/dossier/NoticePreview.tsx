import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type NoticeOrder = paths['/tasks/{id}/notice']['post']['requestBody']['content']['application/json']

const PAUSE = 400

/** What the applicant will read, in the words of the paper itself, as far as it is written. */
export function NoticePreview({ id, order }: { id: string; order: NoticeOrder }) {
  const written = useSettled(JSON.stringify(order))
  const notice = useQuery({
    queryKey: ['notice', id, written], gcTime: 0, placeholderData: keepPreviousData,
    queryFn: () => answer(api.POST('/tasks/{id}/notice', { params: { path: { id } }, body: JSON.parse(written) as NoticeOrder }))
  })
  if (notice.error) return <Alert type="warning" showIcon title={`通知预览暂时打不开：${notice.error.message}`} />
  return (
    <section className="preview" aria-label="通知预览">
      <h3>通知预览{notice.data && `：${notice.data.title}`}</h3>
      {notice.data?.blocks.map(({ text, columns, rows }, index) => (
        columns ? <Grid key={index} columns={columns} rows={rows ?? []} /> : <p key={index}>{text}</p>
      ))}
      {notice.data && <p className="issuer">{notice.data.issuer}</p>}
    </section>
  )
}

function Grid({ columns, rows }: { columns: string[]; rows: string[][] }) {
  return (
    <table className="fields">
      <thead><tr>{columns.map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
      <tbody>{rows.map((cells, row) => <tr key={row}>{cells.map((cell, column) => <td key={column}>{cell}</td>)}</tr>)}</tbody>
    </table>
  )
}

/** A text as it stood when nobody had written for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
