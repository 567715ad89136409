/** A figure that could not be reckoned, and why. */
export function Refused({ title, why }: { title: string; why: string | null }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <p>{why}</p>
    </section>
  )
}
