import { useSpoken } from './words'

interface Cited {
  source: string
  doi: string | null
  status: 'verified' | 'unverified' | 'working'
}

/** Where a figure is from, and how sure of that we are. */
export function Source({ of }: { of: Cited }) {
  const w = useSpoken()
  return (
    <span className="source small">
      {of.doi ? (
        <a href={`https://doi.org/${of.doi}`} target="_blank" rel="noreferrer">
          {of.source}
        </a>
      ) : (
        of.source
      )}{' '}
      <span className="muted">({w.t(`as.status.${of.status}`)})</span>
    </span>
  )
}
