import { Button, Result, Spin } from 'antd'
import type { ReactNode } from 'react'
import { Suspense } from 'react'
import { useLocation } from 'react-router'
import { loginAddress, useMe } from '../shared/session.ts'

interface Props {
  /** Name of the face, e.g. 监督平台. */
  readonly face: string
  /** Path that the face lies below. */
  readonly basename: `/${string}`
  readonly roles: readonly string[]
  /** For whom it is, as a sentence. */
  readonly purpose: string
  readonly children: ReactNode
}

/** Whether the person who is logged in has one of these roles. */
export function useHasRole(roles: readonly string[]): boolean {
  return useMe().data?.roles.some(role => roles.includes(role)) ?? false
}

/** What is for some roles alone; anybody else is led to the login or told why not. */
export function Admitted({ face, basename, roles, purpose, children }: Props) {
  const { pathname } = useLocation()
  const me = useMe()
  const isAdmitted = useHasRole(roles)
  if (me.isPending) return <Spin description={`正在打开${face}`} />
  if (me.error) return <Result status="warning" title={<h1>{me.error.message}</h1>} extra={<Button onClick={() => void me.refetch()}>再试一次</Button>} />
  if (!me.data) {
    const login = <Button type="primary" href={loginAddress(`${basename}${pathname}`)}>登录</Button>
    return <Result status="info" title={<h1>请先登录</h1>} subTitle={purpose} extra={login} />
  }
  if (!isAdmitted) return <Result status="403" title={<h1>这个账号不能使用{face}</h1>} subTitle="如需权限请联系管理员。" />
  return <Suspense fallback={<Spin description="正在打开" />}>{children}</Suspense>
}
