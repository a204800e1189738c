/** Keeps a floating sheet beside what opened it, inside the window. */
export function anchored(anchor: () => HTMLElement | null, side: 'start' | 'end' = 'start', match = false) {
  return (node: HTMLElement) => {
    function place() {
      const from = anchor()?.getBoundingClientRect()
      if (!from) return
      if (match) node.style.minWidth = `${from.width}px`
      const { offsetWidth: width, offsetHeight: height } = node
      const below = window.innerHeight - from.bottom - 12
      const top = below >= height || below >= from.top ? from.bottom + 4 : Math.max(8, from.top - height - 4)
      const wanted = side === 'start' ? from.left : from.right - width
      const left = Math.max(8, Math.min(wanted, window.innerWidth - width - 8))
      // In older WebKit a size container also holds fixed boxes: measure from where this one really starts.
      node.style.top = '0'
      node.style.left = '0'
      const origin = node.getBoundingClientRect()
      node.style.top = `${top - origin.top}px`
      node.style.left = `${left - origin.left}px`
      node.style.maxHeight = `${Math.max(120, window.innerHeight - top - 8)}px`
    }
    place()
    const frame = requestAnimationFrame(place)
    window.addEventListener('resize', place)
    window.addEventListener('scroll', place, true)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('resize', place)
      window.removeEventListener('scroll', place, true)
    }
  }
}
