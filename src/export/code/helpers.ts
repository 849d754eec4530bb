/** Functions of NumPy that a script brings along where it uses them. */
export const numpyHelpers: Readonly<Record<string, string>> = {
  sigmoid: `def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))  # 1 / (1 + e^-x), without overflow`,
  erf: `erf = np.vectorize(math.erf, otypes=[float])`,
  windows: `def windows(x, rows, columns, stride):
    """All windows of images [n, h, w, c]: [n, h', w', rows, columns, c]."""
    view = np.lib.stride_tricks.sliding_window_view(x, (rows, columns), axis=(1, 2))
    return view[:, ::stride, ::stride].transpose(0, 1, 2, 4, 5, 3)`,
  framed: `def framed(x, padding, value=0.0):
    return np.pad(x, [(0, 0), (padding,) * 2, (padding,) * 2, (0, 0)], constant_values=value)`,
  conv2d: `def conv2d(x, w, stride, padding):
    """Cross-correlation of images [n, h, w, c] with filters [kh, kw, c, f]."""
    return np.einsum("nyxijc,ijcf->nyxf", windows(framed(x, padding), *w.shape[:2], stride), w)`,
  conv2d_to_w: `def conv2d_to_w(x, g, shape, stride, padding):
    """Every filter hears from all windows: the sum of window times upstream gradient."""
    return np.einsum("nyxijc,nyxf->ijcf", windows(framed(x, padding), *shape[:2], stride), g)`,
  conv2d_to_x: `def conv2d_to_x(g, w, shape, stride, padding):
    """Every window hands its upstream gradient back, times the filter."""
    dx = framed(np.zeros(shape), padding)
    for y in range(g.shape[1]):
        for x in range(g.shape[2]):
            rows = slice(y * stride, y * stride + w.shape[0])
            columns = slice(x * stride, x * stride + w.shape[1])
            dx[:, rows, columns] += np.einsum("nf,ijcf->nijc", g[:, y, x], w)
    return dx[:, padding : padding + shape[1], padding : padding + shape[2]]`,
  max_pool: `def max_pool(x, size, stride, padding):
    return windows(framed(x, padding, -np.inf), size, size, stride).max(axis=(3, 4))`,
  max_pool_back: `def max_pool_back(x, g, size, stride, padding):
    """The upstream gradient goes to the first maximum of each window."""
    n, h, w, c = x.shape
    inside = framed(x, padding, -np.inf)
    dx = np.zeros(inside.shape)
    for y in range(g.shape[1]):
        for z in range(g.shape[2]):
            rows = slice(y * stride, y * stride + size)
            columns = slice(z * stride, z * stride + size)
            window = inside[:, rows, columns].reshape(n, -1, c)
            first = (np.arange(window.shape[1])[:, None] == window.argmax(axis=1)[:, None]) * 1.0
            dx[:, rows, columns] += (first * g[:, y, z][:, None]).reshape(n, size, size, c)
    return dx[:, padding : padding + h, padding : padding + w]`,
  avg_pool: `def avg_pool(x, size, stride, padding):
    return windows(framed(x, padding), size, size, stride).mean(axis=(3, 4))`,
  avg_pool_back: `def avg_pool_back(g, shape, size, stride, padding):
    dx = framed(np.zeros(shape), padding)
    for y in range(g.shape[1]):
        for x in range(g.shape[2]):
            rows = slice(y * stride, y * stride + size)
            columns = slice(x * stride, x * stride + size)
            dx[:, rows, columns] += g[:, y, x][:, None, None] / size**2
    return dx[:, padding : padding + shape[1], padding : padding + shape[2]]`,
};

/** The helpers that lines of code call, and those that these call, in the order above. */
export function helpersFor(
  lines: readonly string[],
  helpers: Readonly<Record<string, string>>,
): readonly string[] {
  const needed = new Set<string>();
  const look = (code: string) => {
    for (const [name, body] of Object.entries(helpers)) {
      if (needed.has(name) || !new RegExp(`\\b${name}\\(`).test(code)) continue;
      needed.add(name);
      look(body);
    }
  };
  look(lines.join('\n'));
  return Object.entries(helpers).flatMap(([name, body]) => (needed.has(name) ? [body] : []));
}
