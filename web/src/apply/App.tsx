import { QueryClientProvider } from '@tanstack/react-query'
import { BrowserRouter, Route, Routes } from 'react-router'
import { createQueryClient } from '../shared/session.ts'
import { Frame } from './frame/Frame.tsx'
import { NothingHere } from './frame/NothingHere.tsx'
import { RegionsPage } from './guide/RegionsPage.tsx'

const queries = createQueryClient()

/** The applicants' face: everything below /apply. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename="/apply">
        <Routes>
          <Route element={<Frame />}>
            <Route index element={<RegionsPage />} />
            <Route path="*" element={<NothingHere />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  )
}
