import { QueryClientProvider } from '@tanstack/react-query'
import { BrowserRouter, Route, Routes } from 'react-router'
import { createQueryClient } from '../shared/session.ts'
import { Frame } from './frame/Frame.tsx'
import { NothingHere } from './frame/NothingHere.tsx'
import { DraftPage } from './draft/DraftPage.tsx'
import { GuidePage } from './guide/GuidePage.tsx'
import { QuestionsPage } from './guide/QuestionsPage.tsx'
import { RegionsPage } from './guide/RegionsPage.tsx'
import { LookupPage } from './cases/LookupPage.tsx'
import { MinePage } from './cases/MinePage.tsx'
import { CasePage } from './cases/CasePage.tsx'
import { CorrectionPage } from './cases/CorrectionPage.tsx'
import { RatingPage } from './cases/RatingPage.tsx'
import { ReceiptPage } from './cases/ReceiptPage.tsx'
import { FeedbackLookupPage } from './feedback/FeedbackLookupPage.tsx'
import { FeedbackPage } from './feedback/FeedbackPage.tsx'
import { ChoosePage } from './choose/ChoosePage.tsx'
import { DraftMattersPage } from './choose/DraftMattersPage.tsx'
import { StartPage } from './choose/StartPage.tsx'
import { DraftHome } from './draft/DraftHome.tsx'
import { SectionPage } from './draft/SectionPage.tsx'
import { MaterialsPage } from './materials/MaterialsPage.tsx'
import { DeclarePage } from './submit/DeclarePage.tsx'
import { ContactPage } from './messages/ContactPage.tsx'
import { InboxPage } from './messages/InboxPage.tsx'
import { ReviewPage } from './submit/ReviewPage.tsx'

const queries = createQueryClient()

/** The applicants' face: everything below /apply. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename="/apply">
        <Routes>
          <Route element={<Frame />}>
            <Route index element={<RegionsPage />} />
            <Route path="regions/:region" element={<GuidePage />} />
            <Route path="regions/:region/questions" element={<QuestionsPage />} />
            <Route path="regions/:region/choose" element={<ChoosePage />} />
            <Route path="regions/:region/start" element={<StartPage />} />
            <Route path="drafts/:id" element={<DraftPage />}>
              <Route index element={<DraftHome />} />
              <Route path="matters" element={<DraftMattersPage />} />
              <Route path="materials" element={<MaterialsPage />} />
              <Route path="review" element={<ReviewPage />} />
              <Route path="declare" element={<DeclarePage />} />
              <Route path=":step" element={<SectionPage />} />
            </Route>
            <Route path="mine" element={<MinePage />} />
            <Route path="mine/messages" element={<InboxPage />} />
            <Route path="mine/contact" element={<ContactPage />} />
            <Route path="lookup" element={<LookupPage />} />
            <Route path="feedback" element={<FeedbackPage />} />
            <Route path="feedback/lookup" element={<FeedbackLookupPage />} />
            <Route path="cases/:id" element={<CasePage />} />
            <Route path="cases/:id/receipt" element={<ReceiptPage />} />
            <Route path="cases/:id/correction/:slug" element={<CorrectionPage />} />
            <Route path="cases/:id/rate/:slug?" element={<RatingPage />} />
            <Route path="*" element={<NothingHere />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  )
}
