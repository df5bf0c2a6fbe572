import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Layout, Result, Space, Spin } from 'antd'
import { useCallback, useState } from 'react'
import { Link, Outlet, useLocation, useNavigate } from 'react-router'
import { answer, api, ApiError } from '../shared/api.ts'
import { loginAddress, LOGOUT_ADDRESS, SESSION_REPLACED, useMe } from '../shared/session.ts'
import type { Me } from '../shared/session.ts'
import { WindowLinks } from './intake/WindowLinks.tsx'
import { ReceivedLink } from './received/ReceivedLink.tsx'
import type { Decided } from './shared/decided.ts'
import { DeskContext } from './shared/decided.ts'
import { Shortcuts } from './shared/Shortcuts.tsx'
import { UndoBar } from './shared/UndoBar.tsx'
import { useIdleLock } from './shared/use-idle-lock.ts'
import { useKeys } from './shared/use-keys.ts'
import { useLive } from './shared/use-live.ts'
import '../staff/fields.css'
import './desk.css'

const STAFF = ['clerk', 'window', 'supervisor', 'auditor', 'designer', 'admin']
const HAS_TASKS = ['clerk', 'window']
/** The screen in front of the people who wait: nobody touches it, and it shows no whole name. */
const UNTOUCHED = '/waiting/display'

/** Header with who is logged in; the pages below are for staff alone. */
export function Frame() {
  const me = useMe()
  const [isHelp, setHelp] = useState(false)
  useKeys({ '?': () => setHelp(true) })
  return (
    <Layout className="desk">
      <Layout.Header className="desk-header">
        <Link to="/" className="desk-name">办件工作台</Link>
        {me.data?.roles.includes('window') && <WindowLinks />}
        {me.data && <Account me={me.data} onHelp={() => setHelp(true)} />}
      </Layout.Header>
      <Layout.Content className="desk-content" role="main">
        {me.isPending ? <Spin description="正在打开工作台" /> : <Admitted me={me.data} error={me.error} onRetry={() => void me.refetch()} />}
      </Layout.Content>
      <Shortcuts isOpen={isHelp} onClose={() => setHelp(false)} />
    </Layout>
  )
}

function Admitted({ me, error, onRetry }: { me: Me | null | undefined; error: Error | null; onRetry: () => void }) {
  const { pathname } = useLocation()
  const login = <Button type="primary" href={loginAddress(`/desk${pathname}`)}>登录</Button>
  if (error instanceof ApiError && error.code === SESSION_REPLACED) return <Result status="info" title={<h1>这里已退出登录</h1>} subTitle={error.message} extra={login} />
  if (error) return <Result status="warning" title={<h1>{error.message}</h1>} extra={<Button onClick={onRetry}>再试一次</Button>} />
  if (!me) return <Result status="info" title={<h1>请先登录</h1>} subTitle="工作台供窗口和部门工作人员使用。" extra={login} />
  if (!me.roles.some(role => STAFF.includes(role))) {
    return <Result status="403" title={<h1>这个账号不能使用工作台</h1>} subTitle="如需权限请联系管理员。" />
  }
  if (!me.roles.some(role => HAS_TASKS.includes(role))) {
    return <Result status="info" title={<h1>这个账号没有办件任务</h1>} subTitle="任务清单供窗口和部门经办人员使用。" />
  }
  return <AtDesk />
}

/** What works on every page of the desk: live lists, the next task, and taking the last decision back. */
function AtDesk() {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [decided, setDecided] = useState<Decided>()
  const forget = useCallback(() => setDecided(undefined), [])
  useLive(true)
  useIdleLock(pathname !== UNTOUCHED)
  const next = useMutation({
    mutationFn: () => answer(api.POST('/tasks/next', { body: {} })),
    onSuccess: task => {
      if (task) void navigate(`/tasks/${task.id}`)
      else void message.info('没有待领的任务')
    },
    onError: error => void message.error(error.message),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tasks'] })
  })
  const takeNext = useCallback(() => { if (!next.isPending) next.mutate() }, [next])
  useKeys({ n: takeNext })
  return (
    <DeskContext value={{ onDecided: setDecided, takeNext }}>
      <Outlet />
      {decided && <UndoBar key={decided.taskId} decided={decided} onEnd={forget} />}
    </DeskContext>
  )
}

function Account({ me, onHelp }: { me: Me; onHelp: () => void }) {
  return (
    <Space>
      {me.roles.some(role => HAS_TASKS.includes(role)) && <ReceivedLink />}
      <Button onClick={onHelp}>快捷键（?）</Button>
      <span className="desk-account">{me.name ?? me.account}</span>
      <Button href={LOGOUT_ADDRESS}>退出</Button>
    </Space>
  )
}
