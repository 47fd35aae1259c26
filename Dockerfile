# syntax=docker/dockerfile:1
# Two stages: Node and the build tools stay in the first one.

FROM python:3.13.9-slim-bookworm AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /venv /build \
 && /venv/bin/pip install --quiet --require-hashes --no-deps -r requirements.lock \
 && /build/bin/pip install --quiet --require-hashes --no-deps -r requirements.lock -r requirements-build.lock
ENV PATH=/build/bin:$PATH
COPY web/frontend/package.json web/frontend/package-lock.json web/frontend/.npmrc web/frontend/
RUN npm --prefix web/frontend ci --no-audit --no-fund --loglevel=error
COPY . .
RUN npm --prefix web/frontend run --silent build \
 && pybabel -q compile -d web/translations \
 && pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /wheel . \
 && /venv/bin/pip install --quiet --no-deps --no-index /wheel/*.whl \
 && cp -r bpmn "$(/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

FROM python:3.13.9-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --no-create-home alur \
 && install -d -o alur -g alur /data
COPY --from=build /venv /venv
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 ALUR_DATA=/data ALUR_BIND=0.0.0.0:8000
USER alur
VOLUME /data
EXPOSE 8000
CMD ["alur", "--help"]
