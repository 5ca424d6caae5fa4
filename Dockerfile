FROM python:3.13-slim-bookworm AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
WORKDIR /portal
COPY requirements.txt ./
RUN /venv/bin/pip install --require-hashes -r requirements.txt
COPY . ./
# Settings ask for these; nothing of them stays in the image.
RUN SECRET_KEY=for-this-step-only PORTAL_URL=https://portal.invalid \
    DATABASE_URL=sqlite:/// REDIS_URL=redis://redis.invalid EMAIL_URL=file: DATA_DIR=/data \
    /venv/bin/python manage.py collectstatic --noinput \
 && /venv/bin/python -m compileall -q partnership alliances workhubs support reviews

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal /data /data/uploads
COPY --from=builder /venv /venv
COPY --from=builder /portal /portal
COPY --from=builder /data/static /data/static
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /portal
USER 10001
EXPOSE 8000
CMD ["gunicorn", "partnership.wsgi", "--bind", "0.0.0.0:8000", "--no-control-socket"]
