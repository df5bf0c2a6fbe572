import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { StaffRoot } from '../staff/StaffRoot.tsx'
import { ActionsPage } from './actions/ActionsPage.tsx'
import { AlertsPage } from './alerts/AlertsPage.tsx'
import { AuditPage } from './audit/AuditPage.tsx'
import { BoardPage } from './board/BoardPage.tsx'
import { CasePage } from './cases/CasePage.tsx'
import { DaysPage } from './days/DaysPage.tsx'
import { ForecastPage } from './forecast/ForecastPage.tsx'
import { Frame } from './frame/Frame.tsx'
import { NothingHere } from './frame/NothingHere.tsx'
import { IncidentsPage } from './incidents/IncidentsPage.tsx'
import { ItemsPage } from './items/ItemsPage.tsx'
import { LoadPage } from './load/LoadPage.tsx'
import { RetentionPage } from './retention/RetentionPage.tsx'
import { TimersPage } from './timers/TimersPage.tsx'
import { VoicesPage } from './voices/VoicesPage.tsx'
import { WorkersPage } from './workers/WorkersPage.tsx'

const TrendsPage = lazy(async () => ({ default: (await import('./trends/TrendsPage.tsx')).TrendsPage }))
const HeatPage = lazy(async () => ({ default: (await import('./heat/HeatPage.tsx')).HeatPage }))

/** The face of supervisors and auditors: everything below /oversight. */
export function App() {
  return (
    <StaffRoot basename="/oversight">
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<BoardPage />} />
          <Route path="trends" element={<TrendsPage />} />
          <Route path="heat" element={<HeatPage />} />
          <Route path="items" element={<ItemsPage />} />
          <Route path="cases/:applicationId" element={<CasePage />} />
          <Route path="actions" element={<ActionsPage />} />
          <Route path="alerts" element={<AlertsPage />} />
          <Route path="voices" element={<VoicesPage />} />
          <Route path="load" element={<LoadPage />} />
          <Route path="timers" element={<TimersPage />} />
          <Route path="forecast" element={<ForecastPage />} />
          <Route path="incidents" element={<IncidentsPage />} />
          <Route path="workers" element={<WorkersPage />} />
          <Route path="days" element={<DaysPage />} />
          <Route path="retention" element={<RetentionPage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="*" element={<NothingHere />} />
        </Route>
      </Routes>
    </StaffRoot>
  )
}
