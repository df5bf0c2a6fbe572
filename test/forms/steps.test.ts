import { expect } from 'chai'
import { bundle } from '../../server/services/forms/form-bundle.ts'
import type { JsonSchema } from '../../server/services/forms/form-bundle.ts'
import { formContext } from './support.ts'

/** Whether a pointer into a part of the form leads to a field of its schema. */
function leads(schema: JsonSchema, names: readonly string[]): boolean {
  const field = names.reduce<JsonSchema | undefined>(
    (here, name) => (here?.properties as Record<string, JsonSchema> | undefined)?.[name], schema)
  return field !== undefined
}

for (const { slug: region } of formContext.regions.all()) {
  describe(`steps of ${region}`, () => {
    const forms = bundle(region)

    for (const [topic, { fields }] of Object.entries(formContext.regions.steps(region))) {
      it(`${topic} is told nothing that the form does not hold`, () => {
        const own = forms.matters[topic.split('.')[1]!]
        const sections = own ? [own] : Object.values(forms.matters)
        for (const pointer of Object.values(fields)) {
          const [root, ...names] = pointer.split('/').slice(1)
          if (root === 'common') expect(leads(forms.common.schema, names), pointer).to.equal(true)
          if (root === 'item') expect(sections.every(({ schema }) => leads(schema, names)), pointer).to.equal(true)
        }
      })
    }
  })
}
