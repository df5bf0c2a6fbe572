import { QueryClientProvider } from '@tanstack/react-query'
import { App as Messages, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { BrowserRouter, Route, Routes } from 'react-router'
import { createQueryClient } from '../shared/session.ts'
import { Frame } from './Frame.tsx'
import { NothingHere } from './NothingHere.tsx'
import { TaskList } from './tasks/TaskList.tsx'
import { theme } from './theme.ts'
import { WorkPage } from './work/WorkPage.tsx'

const queries = createQueryClient()

/** The clerks' face: everything below /desk. */
export function App() {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <Messages>
        <QueryClientProvider client={queries}>
          <BrowserRouter basename="/desk">
            <Routes>
              <Route element={<Frame />}>
                <Route index element={<TaskList />} />
                <Route path="tasks/:id" element={<WorkPage />} />
                <Route path="*" element={<NothingHere />} />
              </Route>
            </Routes>
          </BrowserRouter>
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  )
}
