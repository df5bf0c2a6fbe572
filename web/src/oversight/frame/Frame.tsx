import { Button, Layout, Result, Spin } from 'antd'
import { Suspense } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { loginAddress, LOGOUT_ADDRESS, useMe } from '../../shared/session.ts'
import type { Me } from '../../shared/session.ts'
import '../oversight.css'

const OVERSEERS = ['supervisor', 'auditor']

const PAGES = [
  ['/', '看板'], ['/items', '在办事项'], ['/trends', '趋势与质效'], ['/heat', '流程热力'], ['/actions', '督办件'], ['/timers', '定时器'], ['/forecast', '超期预计'],
  ['/incidents', '异常'], ['/workers', '办件程序'], ['/days', '工作日与故障'], ['/audit', '审计']
] as const

/** Header, the pages of this face, and who is logged in; they are for supervisors and auditors alone. */
export function Frame() {
  const me = useMe()
  return (
    <Layout className="oversight">
      <Layout.Header className="oversight-header">
        <Link to="/" className="oversight-name">监督平台</Link>
        {me.data && <span className="oversight-account">{me.data.name ?? me.data.account}<Button href={LOGOUT_ADDRESS}>退出</Button></span>}
      </Layout.Header>
      {isOverseer(me.data) && <Menu />}
      <Layout.Content className="oversight-content" role="main">
        {me.isPending ? <Spin description="正在打开监督平台" /> : <Admitted me={me.data} error={me.error} onRetry={() => void me.refetch()} />}
      </Layout.Content>
    </Layout>
  )
}

function isOverseer(me: Me | null | undefined): boolean {
  return me?.roles.some(role => OVERSEERS.includes(role)) ?? false
}

/** Whether the person may send and check, and not only look. */
export function useIsSupervisor(): boolean {
  return useMe().data?.roles.includes('supervisor') ?? false
}

function Menu() {
  return (
    <nav className="oversight-menu" aria-label="监督平台">
      {PAGES.map(([path, title]) => <NavLink key={path} to={path} end={path === '/'}>{title}</NavLink>)}
    </nav>
  )
}

function Admitted({ me, error, onRetry }: { me: Me | null | undefined; error: Error | null; onRetry: () => void }) {
  const { pathname } = useLocation()
  if (error) return <Result status="warning" title={<h1>{error.message}</h1>} extra={<Button onClick={onRetry}>再试一次</Button>} />
  if (!me) {
    const login = <Button type="primary" href={loginAddress(`/oversight${pathname}`)}>登录</Button>
    return <Result status="info" title={<h1>请先登录</h1>} subTitle="监督平台供督办和审计人员使用。" extra={login} />
  }
  if (!isOverseer(me)) return <Result status="403" title={<h1>这个账号不能使用监督平台</h1>} subTitle="如需权限请联系管理员。" />
  return <Suspense fallback={<Spin description="正在打开" />}><Outlet /></Suspense>
}
