import type { Schedule, Training } from '#graph';
import { pythonNumber, pythonString } from './python.ts';

export interface TrainingParts {
  /** Whether there is a parameter to be trained. */
  readonly trains: boolean;
  /** The name of the loss among the module's results. */
  readonly loss: string;
  readonly seed: number;
  readonly settings: Training;
  readonly inputs: readonly {
    readonly name: string;
    readonly batched: boolean;
    /** What the array is called in a file of data. */
    readonly field: string;
  }[];
  /** The name of an accuracy, where the graph has one. */
  readonly accuracy: string | undefined;
}

/** The part of the file that trains: the settings of the document, on the examples or on an .npz file. */
export function trainingScript({
  trains,
  loss,
  seed,
  settings,
  inputs,
  accuracy,
}: TrainingParts): readonly string[] {
  const batched = inputs.filter((input) => input.batched);
  const fields = batched.map(
    ({ name, field }) =>
      `    ${pythonString(name)}: torch.tensor(arrays[${pythonString(field)}], dtype=dtype),`,
  );
  const { weightDecay, l1, clipNorm, clipValue, warmUp } = settings;
  const score = `results[${pythonString(loss)}]`;
  const lossOf = [
    'def loss_of(results):',
    '    """The mean over the batch."""',
    `    return ${seed === 1 ? '' : `${pythonNumber(seed)} * `}${score}.mean()`,
    '',
    '',
  ];
  if (!trains) {
    return [
      ...lossOf,
      'if __name__ == "__main__":',
      '    data = {name: value.requires_grad_(True) for name, value in examples().items()}',
      '    loss = loss_of(Graph()(**data))',
      '    print("loss", loss.item())',
      '    if loss.requires_grad:',
      '        loss.backward()',
      '        for name, value in data.items():',
      '            print(name, value.tolist(), "gradient", None if value.grad is None else value.grad.tolist())',
    ];
  }
  const changing = settings.schedule.type !== 'constant' || warmUp > 0;
  return [
    ...lossOf,
    'def train(data, epochs=None):',
    `    """Mini-batches of ${settings.batchSize}; new masks for dropout in every step."""`,
    `    torch.manual_seed(${settings.seed})`,
    '    model = Graph()',
    '    for name, _ in list(model.named_buffers()):',
    '        if name.endswith("_mask"):',
    '            setattr(model, name, None)',
    '    trained = [p for p in model.parameters() if p.requires_grad]',
    `    optimizer = ${optimizer(settings)}`,
    `    epochs = ${settings.epochs} if epochs is None else epochs`,
    ...(batched.length > 0
      ? [`    count = data[${pythonString(batched[0]?.name ?? '')}].shape[0]`]
      : ['    count = 1']),
    `    size = min(${settings.batchSize}, count)`,
    '    per_epoch = (count + size - 1) // size',
    '    steps = per_epoch * epochs',
    '    step = 0',
    ...(settings.schedule.type === 'plateau'
      ? ['    best, waited, drops = float("inf"), 0, 0']
      : []),
    '    for epoch in range(epochs):',
    '        order = torch.randperm(count)',
    '        total = 0.0',
    '        for start in range(0, count, size):',
    '            chosen = order[start : start + size]',
    `            batch = {${inputs
      .map(({ name, batched: own }) => {
        const value = `data[${pythonString(name)}]`;
        return `${pythonString(name)}: ${value}${own ? '[chosen]' : ''}`;
      })
      .join(', ')}}`,
    ...(changing
      ? [
          `            factor = ${factor(settings.schedule)}${warmUp > 0 ? ` * min(1.0, (step + 1) / ${warmUp})` : ''}`,
          '            for group in optimizer.param_groups:',
          `                group["lr"] = ${pythonNumber(settings.learningRate)} * factor`,
        ]
      : []),
    '            optimizer.zero_grad()',
    '            loss = loss_of(model(**batch))',
    '            loss.backward()',
    ...(l1 > 0 || weightDecay > 0
      ? [
          '            for p in trained:',
          '                if p.grad is not None:',
          `                    p.grad += ${pythonNumber(weightDecay)} * p.detach() + ${pythonNumber(l1)} * p.detach().sign()`,
        ]
      : []),
    ...(clipValue === null
      ? []
      : [`            nn.utils.clip_grad_value_(trained, ${pythonNumber(clipValue)})`]),
    ...(clipNorm === null
      ? []
      : [`            nn.utils.clip_grad_norm_(trained, ${pythonNumber(clipNorm)})`]),
    '            optimizer.step()',
    '            total += loss.item() * len(chosen)',
    '            step += 1',
    '        mean = total / count',
    ...plateau(settings.schedule),
    '        print(f"epoch {epoch + 1}: loss {mean:.6g}")',
    '    return model',
    '',
    '',
    'if __name__ == "__main__":',
    '    data = examples()',
    '    if len(sys.argv) > 1:',
    `        # Arrays by name: ${batched.map(({ field }) => field).join(', ') || 'none'}`,
    '        arrays = np.load(sys.argv[1])',
    '        data |= {',
    ...fields.map((line) => `        ${line}`),
    '        }',
    '    model = train(data)',
    '    model.eval()',
    '    with torch.no_grad():',
    '        results = model(**data)',
    '    print("loss", loss_of(results).item())',
    ...(accuracy === undefined
      ? []
      : [`    print("accuracy", results[${pythonString(accuracy)}].double().mean().item())`]),
  ];
}

function optimizer(settings: Training): string {
  const { momentum, decay, beta1, beta2, epsilon } = settings;
  const rate = pythonNumber(settings.learningRate);
  const [alpha, nu] = [pythonNumber(momentum), pythonNumber(epsilon)];
  switch (settings.optimizer) {
    case 'sgd':
      return `torch.optim.SGD(trained, lr=${rate})`;
    case 'momentum':
      return `torch.optim.SGD(trained, lr=${rate}, momentum=${alpha})`;
    case 'nesterov':
      return `torch.optim.SGD(trained, lr=${rate}, momentum=${alpha}, nesterov=True)`;
    case 'adagrad':
      return `torch.optim.Adagrad(trained, lr=${rate}, eps=${nu})`;
    case 'rmsprop':
      return `torch.optim.RMSprop(trained, lr=${rate}, alpha=${pythonNumber(decay)}, eps=${nu})`;
    case 'adam':
      return `torch.optim.Adam(trained, lr=${rate}, betas=(${pythonNumber(beta1)}, ${pythonNumber(beta2)}), eps=${nu})`;
  }
}

function factor(schedule: Schedule): string {
  switch (schedule.type) {
    case 'constant':
      return '1.0';
    case 'step':
      return `${pythonNumber(schedule.factor)} ** (step // (${schedule.every} * per_epoch))`;
    case 'exponential':
      return `${pythonNumber(schedule.factor)} ** (step / per_epoch)`;
    case 'plateau':
      return `${pythonNumber(schedule.factor)} ** drops`;
    case 'cosine': {
      const floor = pythonNumber(schedule.floor);
      return `(${floor} + (1 - ${floor}) * (1 + np.cos(np.pi * step / steps)) / 2)`;
    }
    case 'cyclic': {
      const floor = pythonNumber(schedule.floor);
      return `(${floor} + (1 - ${floor}) * (1 - abs(2 * (step / (${schedule.every} * per_epoch) % 1) - 1)))`;
    }
  }
}

/** Counts how often the loss has stopped improving. */
function plateau(schedule: Schedule): readonly string[] {
  if (schedule.type !== 'plateau') return [];
  return [
    '        best, waited = (mean, 0) if mean < best else (best, waited + 1)',
    `        if waited >= ${schedule.patience}:`,
    '            drops, waited = drops + 1, 0',
  ];
}
