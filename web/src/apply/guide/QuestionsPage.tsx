import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { answersOf } from '../choose/MatterChoice.tsx'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { readKept, writeKept } from '../kept.ts'
import { Advice } from './Advice.tsx'
import { Question } from './Question.tsx'
import type { Answers, TypedFacts } from './Question.tsx'

/** 智能引导: a few questions, all of which may be skipped, and what they say about each matter. No login. */
export function QuestionsPage() {
  const { region = '' } = useParams()
  const params = { path: { region } }
  const [answers, setAnswers] = useState<Answers>(() => readKept<Answers>(answersOf(region)) ?? {})
  const [facts, setFacts] = useState<TypedFacts>({})
  const questionnaire = useQuery({
    queryKey: ['questionnaire', region], queryFn: () => answer(api.GET('/regions/{region}/questionnaire', { params })), staleTime: Infinity
  })
  const advise = useMutation({
    mutationFn: () => {
      writeKept(answersOf(region), answers)
      return answer(api.POST('/regions/{region}/recommend', { params, body: { channel: 'online', answers, facts } }))
    },
    onSuccess: () => window.scrollTo(0, 0)
  })
  if (advise.data) return <Advice region={region} advice={advise.data} onBack={() => advise.reset()} />
  return (
    <Page title="看看您适合办什么">
      <Loaded query={questionnaire}>
        {({ intro, questions }) => (
          <form noValidate onSubmit={event => { event.preventDefault(); advise.mutate() }}>
            <p>{intro}</p>
            {questions.map(question => (
              <Question
                key={question.id} question={question} answer={answers[question.id]} facts={facts} onFacts={setFacts}
                onAnswer={given => setAnswers(before => withAnswer(before, question.id, given))}
              />
            ))}
            <ErrorNote error={advise.error} />
            <div className="actions"><button type="submit" className="wide">看结果</button></div>
          </form>
        )}
      </Loaded>
    </Page>
  )
}

function withAnswer(answers: Answers, id: string, given: string | string[] | undefined): Answers {
  const { [id]: _before, ...others } = answers
  return given === undefined || given.length === 0 ? others : { ...others, [id]: given }
}
