import { Route, Routes } from 'react-router'
import { StaffRoot } from '../staff/StaffRoot.tsx'
import { DossierPage } from './dossier/DossierPage.tsx'
import { Frame } from './Frame.tsx'
import { NothingHere } from './NothingHere.tsx'
import { ReceivedPage } from './received/ReceivedPage.tsx'
import { TaskList } from './tasks/TaskList.tsx'

/** The clerks' face: everything below /desk. */
export function App() {
  return (
    <StaffRoot basename="/desk">
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<TaskList />} />
          <Route path="tasks/:id" element={<DossierPage />} />
          <Route path="received" element={<ReceivedPage />} />
          <Route path="*" element={<NothingHere />} />
        </Route>
      </Routes>
    </StaffRoot>
  )
}
