import { useEffect, useState } from 'react'
import { useField } from '../../field'
import type { Gate, Post } from '../../store/bundle'
import { keep, kept } from '../../store/db'
import { type Range, range } from '../../store/form'
import { SCREENED } from '../../store/gate'

const CHOSEN = 'post'

export interface AtPost {
  gate: Gate
  post: Post
  limits: Range
  /** The code by which the server knows who is signed in. */
  author: string
  choose: (post: string) => void
}

/** The post that this phone is at: the one that it was last said to be at, else its first. Null where it has none. */
export function usePost(): AtPost | null {
  const { bundle, phone } = useField()
  const [chosen, setChosen] = useState<string>()
  useEffect(() => {
    kept<string>(phone.db, CHOSEN).then(setChosen)
  }, [phone])
  const gate = bundle?.gate
  const post = gate?.posts.find((one) => one.id === chosen) ?? gate?.posts[0]
  if (!bundle || !gate || !post) return null
  const choose = (id: string) => {
    setChosen(id)
    keep(phone.db, CHOSEN, id).catch(() => undefined)
  }
  return { gate, post, limits: range(bundle.forms[SCREENED.kind], 'temp_c'), author: bundle.author, choose }
}
