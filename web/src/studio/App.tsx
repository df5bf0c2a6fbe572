import { Route, Routes } from 'react-router'
import { StaffRoot } from '../staff/StaffRoot.tsx'
import { DraftPage } from './draft/DraftPage.tsx'
import { FirstTab, TabPage } from './draft/TabPage.tsx'
import { DraftsPage } from './drafts/DraftsPage.tsx'
import { Frame } from './frame/Frame.tsx'
import { NothingHere } from './frame/NothingHere.tsx'
import { PAGES } from './pages.ts'

/** The face of the designers of processes: everything below /studio. */
export function App() {
  return (
    <StaffRoot basename="/studio">
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<DraftsPage />} />
          {PAGES.map(({ path, Page }) => <Route key={path} path={path} element={<Page />} />)}
          <Route path="drafts/:draft" element={<DraftPage />}>
            <Route index element={<FirstTab />} />
            <Route path=":tab" element={<TabPage />} />
          </Route>
          <Route path="*" element={<NothingHere />} />
        </Route>
      </Routes>
    </StaffRoot>
  )
}
