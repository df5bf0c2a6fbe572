import type { Schemas } from '../../shared/api.ts'
import { Ticks, toggled } from '../frame/Ticks.tsx'

export type Answers = Record<string, string | string[]>
/** Facts that are typed in, not chosen. */
export type TypedFacts = Pick<Schemas['Facts'], 'birthDate' | 'sex'>

interface QuestionProps {
  readonly question: Schemas['Questionnaire']['questions'][number]
  readonly answer: string | string[] | undefined
  readonly facts: TypedFacts
  readonly onAnswer: (given: string | string[] | undefined) => void
  readonly onFacts: (facts: TypedFacts) => void
}

/** One question with its options, or with what is typed in. */
export function Question({ question, answer, facts, onAnswer, onFacts }: QuestionProps) {
  const { id, text, help, isMultiple = false, options, asks = [] } = question
  if (asks.length === 0) {
    const chosen = answer === undefined ? [] : [answer].flat()
    return (
      <Ticks
        id={`question-${id}`} legend={text} isMultiple={isMultiple} choices={options} chosen={chosen} {...(help ? { help } : {})}
        onToggle={value => onAnswer(isMultiple ? toggled(chosen, value) : value)}
      />
    )
  }
  return (
    <fieldset className="field">
      <legend>{text}</legend>
      {help && <p className="hint">{help}</p>}
      {asks.includes('birthDate') && <BirthDate facts={facts} onFacts={onFacts} />}
      {asks.includes('sex') && <Sex facts={facts} onFacts={onFacts} />}
    </fieldset>
  )
}

function BirthDate({ facts, onFacts }: Pick<QuestionProps, 'facts' | 'onFacts'>) {
  return (
    <div className="field">
      <label htmlFor="fact-birth-date">出生日期</label>
      <input
        id="fact-birth-date" type="date" value={facts.birthDate ?? ''}
        onChange={event => onFacts({ ...facts, birthDate: event.target.value || undefined })}
      />
    </div>
  )
}

function Sex({ facts, onFacts }: Pick<QuestionProps, 'facts' | 'onFacts'>) {
  return (['female', 'male'] as const).map(sex => (
    <label key={sex} className="option">
      <input type="radio" name="fact-sex" checked={facts.sex === sex} onChange={() => onFacts({ ...facts, sex })} />
      <span>{sex === 'female' ? '女' : '男'}</span>
    </label>
  ))
}
