import { Button, Layout, Result, Space, Spin } from 'antd'
import { Link, Outlet, useLocation } from 'react-router'
import { loginAddress, LOGOUT_ADDRESS, useMe } from '../shared/session.ts'
import type { Me } from '../shared/session.ts'
import './desk.css'

const STAFF = ['clerk', 'window', 'supervisor', 'auditor', 'designer', 'admin']

/** Header with who is logged in; the pages below are for staff alone. */
export function Frame() {
  const me = useMe()
  return (
    <Layout className="desk">
      <Layout.Header className="desk-header">
        <Link to="/" className="desk-name">办件工作台</Link>
        {me.data && <Account me={me.data} />}
      </Layout.Header>
      <Layout.Content className="desk-content" role="main">
        {me.isPending ? <Spin description="正在打开工作台" /> : <Admitted me={me.data} error={me.error} onRetry={() => void me.refetch()} />}
      </Layout.Content>
    </Layout>
  )
}

function Admitted({ me, error, onRetry }: { me: Me | null | undefined; error: Error | null; onRetry: () => void }) {
  const { pathname } = useLocation()
  if (error) return <Result status="warning" title={<h1>{error.message}</h1>} extra={<Button onClick={onRetry}>再试一次</Button>} />
  if (!me) {
    const login = <Button type="primary" href={loginAddress(`/desk${pathname}`)}>登录</Button>
    return <Result status="info" title={<h1>请先登录</h1>} subTitle="工作台供窗口和部门工作人员使用。" extra={login} />
  }
  if (!me.roles.some(role => STAFF.includes(role))) {
    return <Result status="403" title={<h1>这个账号不能使用工作台</h1>} subTitle="如需权限请联系管理员。" />
  }
  return <Outlet />
}

function Account({ me }: { me: Me }) {
  return (
    <Space>
      <span className="desk-account">{me.name ?? me.account}</span>
      <Button href={LOGOUT_ADDRESS}>退出</Button>
    </Space>
  )
}
