import { Route, Routes } from 'react-router'
import { StaffRoot } from '../staff/StaffRoot.tsx'
import { DossierPage } from './dossier/DossierPage.tsx'
import { Frame } from './Frame.tsx'
import { DonePage } from './intake/DonePage.tsx'
import { DraftPage } from './intake/DraftPage.tsx'
import { IntakePage } from './intake/IntakePage.tsx'
import { NothingHere } from './NothingHere.tsx'
import { PickupPage } from './pickup/PickupPage.tsx'
import { ReceivedPage } from './received/ReceivedPage.tsx'
import { TaskList } from './tasks/TaskList.tsx'
import { DisplayPage } from './waiting/DisplayPage.tsx'
import { WaitingPage } from './waiting/WaitingPage.tsx'

/** The clerks' face: everything below /desk. */
export function App() {
  return (
    <StaffRoot basename="/desk">
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<TaskList />} />
          <Route path="tasks/:id" element={<DossierPage />} />
          <Route path="intake" element={<IntakePage />} />
          <Route path="intake/:id" element={<DraftPage />} />
          <Route path="intake/:id/done" element={<DonePage />} />
          <Route path="waiting" element={<WaitingPage />} />
          <Route path="waiting/display" element={<DisplayPage />} />
          <Route path="pickup/:id" element={<PickupPage />} />
          <Route path="received" element={<ReceivedPage />} />
          <Route path="*" element={<NothingHere />} />
        </Route>
      </Routes>
    </StaffRoot>
  )
}
