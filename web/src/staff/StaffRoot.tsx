import { QueryClientProvider } from '@tanstack/react-query'
import { App as Messages, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { BrowserRouter } from 'react-router'
import { createQueryClient } from '../shared/session.ts'
import { theme } from './theme.ts'

const queries = createQueryClient()

/** What every face for staff stands on: Chinese words and readable colours for antd, queries, and addresses below `basename`. */
export function StaffRoot({ basename, children }: { basename: `/${string}`; children: ReactNode }) {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <Messages>
        <QueryClientProvider client={queries}>
          <BrowserRouter basename={basename}>{children}</BrowserRouter>
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  )
}
