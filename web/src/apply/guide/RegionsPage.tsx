import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'

/** The first page: where does one want to be insured. */
export function RegionsPage() {
  const regions = useQuery({ queryKey: ['regions'], queryFn: () => answer(api.GET('/regions')), staleTime: Infinity })
  return (
    <Page title="您要在哪里办理？">
      <Loaded query={regions}>
        {({ regions: all }) => (
          <ul className="choices">
            {all.map(({ slug, name }) => <li key={slug}><Link to={`/regions/${slug}`} className="choice">{name}</Link></li>)}
          </ul>
        )}
      </Loaded>
    </Page>
  )
}
