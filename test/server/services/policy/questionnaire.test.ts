import { expect } from 'chai'
import { AppError } from '../../../../core/errors.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { readAnswers } from '../../../../server/services/policy/questionnaire.ts'
import type { Answers } from '../../../../server/services/policy/questionnaire.ts'

const questionnaire = createRegionCatalogue().questionnaire('guangxi')

describe('questionnaire', () => {
  it('turns answers into facts and joins the lists of several options', () => {
    const { facts, matters } = readAnswers(questionnaire, { wish: ['pension', 'card'], work: 'flexible', insured: ['resident-pension', 'resident-medical'] })
    expect(facts).to.deep.equal({ employmentStatus: 'flexible', isStudent: false, currentEnrolments: ['resident-pension', 'resident-medical'] })
    expect(matters).to.deep.equal(['resident-pension', 'flexible-pension', 'social-security-card'])
  })

  it('takes a skipped question for unknown', () => {
    expect(readAnswers(questionnaire, {})).to.deep.equal({ facts: {}, matters: null })
  })

  it('names every answer that the region does not have', () => {
    const wrong: Answers = { work: 'king', nonsense: 'x', employer: ['none', 'both'] }
    try {
      readAnswers(questionnaire, wrong)
      expect.fail('accepted')
    } catch (error) {
      expect(error).to.be.instanceOf(AppError).and.have.property('code', 'ANSWER_UNKNOWN')
      expect((error as AppError).fields!.map(({ path }) => path)).to.deep.equal(['/answers/work', '/answers/nonsense', '/answers/employer'])
    }
  })
})
